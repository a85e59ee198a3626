import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../api/client';
import { conditions, joined } from '../filter/expression';
import { Icon } from '../parts/Icon';
import { change } from '../state/route';

/** The filter as chips and as text; what is wrong with it stands under its column. */
export function FilterBar({ filter, problem }: { filter: string; problem: Problem | null }) {
  const [text, setText] = useState('');
  const [editing, setEditing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const parts = conditions(filter);
  const open = editing || problem !== null;
  useEffect(() => { if (editing || problem) setText(filter); }, [filter, problem]);

  const begin = (value: string) => { setText(value); setEditing(true); requestAnimationFrame(() => input.current?.focus()); };
  const apply = () => { setEditing(false); change({ filter: text.trim() }); };
  return <div class="filterbar">
    <form class="filter" role="search" onSubmit={event => { event.preventDefault(); apply(); input.current?.blur(); }}>
      <Icon name="filter" />
      {!open && parts.map((part, index) => <span class="chip" key={part}><button type="button" title="Change the filter" onClick={() => begin(filter)}>{part}</button>
        <button type="button" class="chip-close" aria-label={`Remove ${part}`} onClick={() => change({ filter: joined(parts.filter((_, other) => other !== index)) })}><Icon name="close" /></button></span>)}
      <input id="filter" ref={input} type="text" autocomplete="off" autocapitalize="off" spellcheck={false} aria-label="Filter" aria-invalid={problem !== null} aria-describedby={problem ? 'filter-problem' : undefined}
        placeholder={parts.length ? 'and …' : 'Filter: mechanism in (pipe, unix) and process ~ "^redis"'} value={open ? text : ''}
        onFocus={() => { if (!open) begin(filter); }}
        onBlur={() => { if (!problem && text.trim() === filter) setEditing(false); }}
        onInput={event => { if (!editing) setEditing(true); setText(event.currentTarget.value); }}
        onKeyDown={event => { if (event.key === 'Escape') { event.stopPropagation(); setText(filter); setEditing(false); input.current?.blur(); } }} />
      {open && text.trim() !== filter ? <button type="submit" class="primary small">Apply</button> : null}
      {filter ? <button type="button" class="quiet" aria-label="Remove the filter" onClick={() => { setText(''); setEditing(false); change({ filter: '' }); }}><Icon name="close" /></button> : null}
    </form>
    {problem ? <div class="filter-problem" id="filter-problem" role="alert">
      <pre class="filter-place" aria-hidden="true">{filter}{'\n'}{problem.column ? `${' '.repeat(problem.column - 1)}^` : ''}</pre>
      <p>{problem.detail || problem.title}</p></div> : null}
  </div>;
}
