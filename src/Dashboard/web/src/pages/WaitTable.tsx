import type { Named, Wait } from '../api/types';
import { age } from '../format/units';
import { Table, type Column } from '../parts/Table';
import { channelHref, processHref } from '../state/route';
import { store } from '../state/store';

/** A process by name, linked when it is known. */
export function Who({ of, agent }: { of: Named; agent: string }) {
  const known = of.process_id ? store.model.processes.get(of.process_id.includes('/') ? of.process_id : `${agent}/${of.process_id}`)
    : [...store.model.processes.values()].find(process => process.pid === of.pid && process.agent === agent);
  const text = `${of.process}[${of.pid}]`;
  return known ? <a href={processHref(known.id)} tabIndex={-1} title={text}>{text}</a> : <span title={text}>{text}</span>;
}

const idOf = (wait: Wait, agent: string): string | null => wait.channel_id ? (wait.channel_id.startsWith(`${agent}/`) ? wait.channel_id : `${agent}/${wait.channel_id}`) : null;

/** `known`: what the page is about, and need not be said in each line. */
export function WaitTable({ label, waits, agent, empty, known }: { label: string; waits: readonly Wait[]; agent: string; empty: string; known?: 'process' | 'channel' }) {
  const columns: Column<Wait>[] = [
    { id: 'process', title: 'Process', width: 'minmax(5.5rem, 1fr)', cell: wait => <Who of={wait} agent={agent} />, value: wait => wait.process },
    { id: 'operation', title: 'In', width: '5rem', least: 600, cell: wait => wait.operation, value: wait => wait.operation },
    { id: 'channel', title: 'Channel', width: 'minmax(6rem, 1.3fr)', least: 420, cell: wait => { const id = idOf(wait, agent); return id ? <a href={channelHref(id)} tabIndex={-1} title={wait.channel}>{wait.channel}</a> : <span title={wait.channel}>{wait.channel}</span>; }, value: wait => wait.channel },
    { id: 'reason', title: 'Wait', width: '4rem', least: 360, cell: wait => <span class={`reason ${wait.reason}`}>{wait.reason}</span>, value: wait => wait.reason },
    { id: 'age', title: 'For', field: 'age_seconds', width: '4.5rem', number: true, cell: wait => age(wait.age_seconds, wait.at_least), value: wait => wait.age_seconds },
    { id: 'waits_for', title: 'Waits for', width: 'minmax(6rem, 1.3fr)', cell: wait => wait.waits_for?.length ? wait.waits_for.slice(0, 3).map((who, index) => <>{index ? ', ' : ''}<Who of={who} agent={agent} /></>) : '–', value: wait => wait.waits_for?.map(({ process, pid }) => `${process}[${pid}]`).join(' ') },
  ];
  return <Table label={label} columns={columns.filter(({ id }) => id !== known)} items={waits} itemKey={wait => `${wait.pid}/${wait.tid ?? 0}/${wait.channel}`} height={220} empty={empty} />;
}
