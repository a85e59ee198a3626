import { useEffect, useRef, useState } from 'preact/hooks';
import { csv, save, type Field } from './csv';
import { Icon } from './Icon';

export interface Exports<T> { name: string; items(): readonly T[]; fields: readonly Field<T>[]; promql?: string }

/** What is shown, to take along: JSON and CSV in base units, and the PromQL that asks Prometheus for the same. */
export function Export<T>({ of }: { of: Exports<T> }) {
  const [open, setOpen] = useState(false);
  const [said, say] = useState('');
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => { if (!root.current?.contains(event.target as Node)) setOpen(false); };
    const escape = (event: KeyboardEvent) => { if (event.key === 'Escape') { event.stopPropagation(); setOpen(false); root.current?.querySelector('button')?.focus(); } };
    document.addEventListener('pointerdown', leave);
    root.current?.addEventListener('keydown', escape);
    return () => { document.removeEventListener('pointerdown', leave); root.current?.removeEventListener('keydown', escape); };
  }, [open]);
  const copy = async () => {
    try { await navigator.clipboard.writeText(of.promql ?? ''); say('PromQL copied'); } catch { say(of.promql ?? ''); }
    setOpen(false);
  };
  return <div class="menu" ref={root}>
    <button type="button" class="quiet" aria-haspopup="true" aria-expanded={open} aria-label={`Export ${of.name}`} onClick={() => setOpen(!open)}><Icon name="export" /></button>
    {open ? <div class="menu-list">
      <button type="button" onClick={() => { save(`ipcscope-${of.name}.json`, 'application/json', JSON.stringify({ schema: 1, time: new Date().toISOString(), items: of.items() }, null, 1)); setOpen(false); }}>JSON</button>
      <button type="button" onClick={() => { save(`ipcscope-${of.name}.csv`, 'text/csv', csv(of.fields, of.items())); setOpen(false); }}>CSV</button>
      {of.promql ? <button type="button" onClick={() => void copy()}>Copy PromQL</button> : null}
    </div> : null}
    <span class="said" role="status">{said}</span>
  </div>;
}
