import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { go } from '../state/route';

export interface Column<T> {
  id: string; title: string; width: string; // of grid-template-columns
  cell(item: T): ComponentChildren;
  value?(item: T): string | number | boolean | null | undefined; // to sort by and to export
  field?: string; // its name in an export: with the unit
  number?: boolean; least?: number; // shown from this width of the table on, px
  more?: { below: number; cell(item: T): string }; // said behind it while the table is narrower than that
}

interface Props<T> {
  label: string; columns: readonly Column<T>[]; items: readonly T[]; itemKey(item: T): string; link?(item: T): string;
  sort?: string; onSort?(sort: string): void; height?: number; selected?: string; onSelect?(item: T): void; empty?: ComponentChildren;
}

const ROW = 32; // px, as in table.css

/** A table that draws the rows in sight only: 10,000 rows cost what 40 do. Arrows move, Enter opens. */
export function Table<T>({ label, columns, items, itemKey, link, sort, onSort, height, selected, onSelect, empty }: Props<T>) {
  const root = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600, width: 1200 });
  const [active, setActive] = useState('');
  const [own, setOwn] = useState('');
  const order = sort ?? own;
  const shown = columns.filter(column => (column.least ?? 0) <= view.width);
  const rows = useMemo(() => sorted(items, columns, order), [items, columns, order]);

  useLayoutEffect(() => {
    const box = root.current as HTMLDivElement;
    const measure = () => setView(old => old.top === box.scrollTop && old.height === box.clientHeight && old.width === box.clientWidth ? old : { top: box.scrollTop, height: box.clientHeight, width: box.clientWidth });
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    box.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => { observer.disconnect(); box.removeEventListener('scroll', measure); };
  }, []);
  useEffect(() => { if (root.current) root.current.scrollTop = 0; }, [order]);

  const index = rows.findIndex(item => itemKey(item) === active);
  const open = (item: T | undefined) => { if (!item) return; if (onSelect) onSelect(item); else if (link) go(link(item)); };
  const keys = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / ROW) - 2);
    const to = { ArrowDown: index + 1, ArrowUp: Math.max(0, index - 1), PageDown: index + page, PageUp: index - page, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === 'Enter' && event.target === root.current) { open(rows[index]); return; }
    if (to === undefined || !rows.length || (event.target as Element).closest('[role=columnheader]')) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, to));
    setActive(itemKey(rows[next] as T));
    const box = root.current as HTMLDivElement;
    box.scrollTop = Math.min(Math.max(box.scrollTop, (next + 2) * ROW - box.clientHeight), next * ROW);
  };
  const turn = (column: Column<T>) => {
    const [id, way] = order.split(':');
    const next = `${column.id}:${id === column.id ? (way === 'up' ? 'down' : 'up') : column.number ? 'down' : 'up'}`;
    if (onSort) onSort(next); else setOwn(next);
  };

  const first = Math.max(0, Math.floor(view.top / ROW) - 8);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW) + 8);
  const template = { gridTemplateColumns: shown.map(column => column.width).join(' ') };
  const box = height === undefined ? {} : { maxHeight: `${height}px`, height: rows.length ? `${Math.min(height, (rows.length + 1) * ROW + 2)}px` : 'auto' };
  const anchor = label.replace(/\W+/g, '-').toLowerCase();
  return <div class={`table ${height === undefined ? 'tall' : ''}`} ref={root} role="grid" aria-label={label} aria-rowcount={rows.length + 1} tabIndex={0} style={box} onKeyDown={keys}
    aria-activedescendant={index >= first && index < last ? `${anchor}-${index}` : undefined}>
    <div role="rowgroup" class="table-head"><div role="row" aria-rowindex={1} class="row" style={template}>
      {shown.map(column => <div key={column.id} role="columnheader" class={column.number ? 'number' : ''} aria-sort={order.startsWith(`${column.id}:`) ? (order.endsWith('up') ? 'ascending' : 'descending') : undefined}>
        {column.value ? <button type="button" tabIndex={-1} onClick={() => turn(column)}>{column.title}<span class="arrow" aria-hidden="true">{order === `${column.id}:up` ? '↑' : order === `${column.id}:down` ? '↓' : ''}</span></button> : column.title}
      </div>)}</div></div>
    <div role="rowgroup" class="table-body" style={{ height: `${rows.length * ROW}px` }}>
      {rows.slice(first, last).map((item, offset) => {
        const at = first + offset;
        const key = itemKey(item);
        return <div key={key} id={`${anchor}-${at}`} role="row" aria-rowindex={at + 2} aria-selected={selected === key || key === active} style={{ ...template, transform: `translateY(${at * ROW}px)` }}
          class={`row ${key === active ? 'active' : ''} ${selected === key ? 'selected' : ''} ${link || onSelect ? 'opens' : ''}`}
          onClick={event => { setActive(key); if (!(event.target as Element).closest('a,button') && !getSelection()?.toString()) open(item); }}>
          {shown.map(column => <div key={column.id} role="gridcell" class={column.number ? 'number' : ''}>{column.cell(item)}{column.more && view.width < column.more.below ? <span class="more">{column.more.cell(item)}</span> : null}</div>)}
        </div>;
      })}
    </div>
    {rows.length === 0 ? <div class="table-empty" role="row"><div role="gridcell">{empty ?? 'Nothing here.'}</div></div> : null}
  </div>;
}

function sorted<T>(items: readonly T[], columns: readonly Column<T>[], order: string): readonly T[] {
  const [id, way] = order.split(':');
  const value = columns.find(column => column.id === id)?.value;
  if (!value) return items;
  const sign = way === 'up' ? 1 : -1;
  const keyed = items.map(item => ({ item, key: value(item) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return 0;
    if (a.key === null || a.key === undefined) return 1; // unknown is last, both ways
    if (b.key === null || b.key === undefined) return -1;
    return sign * (typeof a.key === 'string' && typeof b.key === 'string' ? a.key.localeCompare(b.key, 'en', { numeric: true }) : a.key < b.key ? -1 : 1);
  });
  return keyed.map(({ item }) => item);
}
