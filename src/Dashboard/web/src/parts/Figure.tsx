import type { ComponentChildren } from 'preact';
import { change, useRoute } from '../state/route';
import { Export, type Exports } from './Export';
import { Icon } from './Icon';
import { Table, type Column } from './Table';

interface Props<T> {
  id: string; title: string; note?: ComponentChildren; controls?: ComponentChildren; class?: string;
  /** The same data as a table: `items` are its rows. */
  table: { columns: readonly Column<T>[]; items(): readonly T[]; key(item: T): string; height?: number };
  promql?: string; children: ComponentChildren;
}

/** A chart with its twin, a table of the same data, and the ways to take the data along. Which of both is shown is in the address. */
export function Figure<T>({ id, title, note, controls, table, promql, children, class: extra }: Props<T>) {
  const twins = (useRoute().query.get('table') ?? '').split(',').filter(Boolean);
  const twin = twins.includes(id);
  const turn = () => change({ table: (twin ? twins.filter(other => other !== id) : [...twins, id]).join(',') }, true);
  const exports: Exports<T> = {
    name: id, items: table.items, promql: promql ?? '',
    fields: table.columns.filter(column => column.value).map(column => ({ name: column.field ?? column.id, value: column.value as (item: T) => string | number })),
  };
  return <section class={`panel ${extra ?? ''}`} aria-label={title}>
    <header class="panel-head"><h2>{title}</h2>{note ? <span class="note">{note}</span> : null}<span class="grow" />{controls}
      <button type="button" class="quiet" aria-pressed={twin} aria-label={`${title} as a table`} title={twin ? 'Show the chart' : 'Show as a table'} onClick={turn}><Icon name={twin ? 'chart' : 'table'} /></button>
      <Export of={exports} /></header>
    {twin ? <Table label={title} columns={table.columns} items={table.items()} itemKey={table.key} height={table.height ?? 260} /> : children}
  </section>;
}
