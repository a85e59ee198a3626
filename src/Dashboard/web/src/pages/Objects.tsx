import type { IpcObject, Page } from '../api/types';
import { bytes, exact, plural, since, when } from '../format/units';
import { Bar } from '../parts/Bar';
import { Export } from '../parts/Export';
import { Mechanism, SHAPES } from '../parts/Mark';
import { Empty, Failed, Loading } from '../parts/States';
import { Table, type Column } from '../parts/Table';
import { change, href, useRoute } from '../state/route';
import { useRemote } from '../state/remote';
import { useStore } from '../state/store';
import { Who } from './WaitTable';

const URGENCY = ['none', 'unused', 'removed', 'orphan'];

/** A state that asks a question stands out; the others do not. */
const state = ({ state: name }: IpcObject) => name && name !== 'none' ? <span class={`state ${name === 'orphan' ? 'warning' : 'info'}`}><svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><path d={name === 'orphan' ? SHAPES.net : SHAPES.unix} /></svg>{name}</span> : '';

function fill(one: IpcObject) {
  if (one.messages !== undefined && one.messages !== null) return <Bar value={one.messages} of={one.messages_limit ?? 0} text={`${exact(one.messages)}${one.messages_limit ? `/${exact(one.messages_limit)}` : ''} ${one.mechanism.startsWith('unix') ? 'waiting' : 'msg'}`} />;
  if (one.values?.length) return <span title={`values ${one.values.join(' ')}`}>values {one.values.slice(0, 6).join(' ')}{one.waiters ? `, ${one.waiters} waiting` : ''}</span>;
  if (one.size_bytes !== undefined && one.size_bytes !== null) return <Bar value={one.resident_bytes ?? 0} of={one.size_bytes} tone="calm" text={`${bytes(one.resident_bytes)} of ${bytes(one.size_bytes)}`} />;
  return one.bytes !== undefined && one.bytes !== null ? <Bar value={one.bytes} of={one.bytes_limit ?? 0} text={bytes(one.bytes)} /> : '';
}

/** Whether everybody may write to it: memory without a name is reached by those only whom it was given to. */
const open = ({ mode, kind }: IpcObject): boolean => /[2367]$/.test(mode ?? '') && !kind.includes('memfd');

const SHOWN = 3; // users of an object

const users = (one: IpcObject): string => one.users?.map(({ process, pid }) => `${process}[${pid}]`).join(' ') ?? '';

const COLUMNS: readonly Column<IpcObject>[] = [
  { id: 'object', title: 'Object', width: 'minmax(8rem, 1.6fr)', cell: one => <span title={one.object}>{one.object}</span>, value: one => one.object },
  { id: 'kind', title: 'Kind', width: '8.5rem', least: 440, cell: one => <span title={one.kind}><Mechanism name={one.kind} /></span>, value: one => one.kind },
  { id: 'state', title: 'State', width: '6rem', cell: state, value: one => URGENCY.indexOf(one.state) },
  { id: 'fill', title: 'Fill', width: 'minmax(10rem, 1.4fr)', least: 620, cell: fill, value: one => one.messages ?? one.bytes ?? one.size_bytes },
  { id: 'owner', title: 'Owner', width: '6rem', least: 760, cell: one => <span title={one.owner}>{one.owner}</span>, value: one => one.owner },
  { id: 'mode', title: 'Mode', width: '4rem', least: 760, cell: one => <code class={open(one) ? 'tone-warning' : ''}>{one.mode ?? ''}</code>, value: one => one.mode },
  { id: 'users', title: 'Users', width: 'minmax(8rem, 1.6fr)', least: 900, cell: one => <span title={users(one)}>{one.users?.length ? one.users.slice(0, SHOWN).map((user, index) => <>{index ? ' ' : ''}<Who of={user} agent={one.agent} /></>) : one.creator_pid ? `made by ${one.creator_pid}` : ''}</span>, value: users },
  { id: 'age', title: 'Age', field: 'exists_since', width: '5.5rem', number: true, least: 500, cell: one => <span title={when(one.created ?? one.exists_since)}>{one.created ? '' : one.exists_since ? '≥\u00a0' : ''}{since(one.created ?? one.exists_since)}</span>, value: one => one.created ?? one.exists_since },
  { id: 'place', title: 'Place', width: 'minmax(7rem, 1fr)', least: 1100, cell: one => <span title={one.place}>{one.place}</span>, value: one => one.place },
  { id: 'agent', title: 'Agent', width: '6rem', least: 1300, cell: one => one.agent, value: one => one.agent },
];

const FIELDS = [...COLUMNS.filter(({ id }) => id !== 'state').map(column => ({ name: column.field ?? column.id, value: column.value! })), { name: 'state', value: (one: IpcObject) => one.state }, { name: 'size_bytes', value: (one: IpcObject) => one.size_bytes }, { name: 'messages', value: (one: IpcObject) => one.messages }];

/** Mapped files are many, and seldom what is looked for: they come last. */
const mapped = (one: IpcObject): number => Number(one.mechanism === 'file_map');

export function Objects() {
  const store = useStore();
  const { paused } = store;
  const { query } = useRoute();
  const { data, problem, loading } = useRemote<Page<IpcObject>>('objects', { limit: 10_000 }, paused ? 0 : 5_000);
  if (loading && !data) return <Loading lines={12} />;
  if (problem && !data) return <Failed problem={problem} what="The objects" />;
  const only = query.get('state') ?? '';
  const agent = query.get('agent');
  const kind = query.get('mechanism') ?? '';
  const known = store.objects(data?.items ?? [], agent);
  const mechanisms = [...new Set(known.map(one => one.mechanism))].sort();
  const all = kind ? known.filter(one => one.mechanism === kind) : known;
  const items = (only ? all.filter(one => one.state === only) : all).sort((a, b) => mapped(a) - mapped(b));
  const states = [...new Set(all.map(one => one.state).filter(name => name && name !== 'none'))].sort();
  return <section class="panel fill" aria-label="Objects">
    <header class="panel-head"><h2>{plural(items.length, 'object')}</h2>
      <div class="segments" role="group" aria-label="State">{['', ...states].map(name => <button type="button" key={name} aria-pressed={only === name} onClick={() => change({ state: name })}>{name || 'all'} <span class="note">{exact(name ? all.filter(one => one.state === name).length : all.length)}</span></button>)}</div>
      <span class="grow" /><label class="field"><span class="hidden">Mechanism</span><select value={kind} onChange={event => change({ mechanism: event.currentTarget.value })}><option value="">All mechanisms</option>{mechanisms.map(name => <option key={name}>{name}</option>)}</select></label>
      <Export of={{ name: 'objects', items: () => items, fields: FIELDS }} /></header>
    {data && data.total > data.items.length ? <div class="notice info">The first {exact(data.items.length)} of {exact(data.total)}.</div> : null}
    <Table label="Objects" columns={COLUMNS} items={items} itemKey={one => one.id} sort={query.get('sort') ?? 'state:down'} onSort={sort => change({ sort }, true)}
      empty={<Empty title={only === 'orphan' ? 'Nothing was left behind' : 'No object here'}>{only || query.get('filter') ? <a href={href('/objects', { filter: '' })}>Show all</a> : null}</Empty>} />
  </section>;
}
