import type { Channel, Endpoint, Place, Process, Wait } from '../api/types';
import { age, bytes, bytesRate, count, duration, rate, waiting } from '../format/units';
import { Bar } from '../parts/Bar';
import { Mechanism } from '../parts/Mark';
import { Sparkline } from '../parts/Sparkline';
import type { Column } from '../parts/Table';
import { channelHref, processHref } from '../state/route';
import { store } from '../state/store';

export const blocked = (item: { wait_full_seconds_per_second: number; wait_lock_seconds_per_second: number }): number => item.wait_full_seconds_per_second + item.wait_lock_seconds_per_second;

export const place = (item: Place): string => item.pod ? (item.namespace ? `${item.namespace}/${item.pod}` : item.pod) : item.container ?? '';

const writes = ({ direction }: Endpoint): boolean => direction === 'write' || direction === 'both';

/** `a[1] → b[2]`: who writes to whom; `a[1] ↔ b[2]` where both do. */
export function ends(channel: Channel): string {
  const all = channel.endpoints ?? [];
  const name = ({ process, pid }: Endpoint) => `${process}[${pid}]`;
  const [from, to] = [all.filter(writes), all.filter(end => !writes(end))];
  const list = (some: Endpoint[]) => some.slice(0, 3).map(name).join(', ') + (some.length > 3 ? ` +${some.length - 3}` : '');
  return from.length && to.length ? `${list(from)} → ${list(to)}` : all.every(end => end.direction === 'both') && all.length === 2 ? all.map(name).join(' ↔ ') : list(all);
}

export const waitText = (wait: Wait): string =>
  `${wait.reason} ${age(wait.age_seconds, wait.at_least)}${wait.waits_for?.length ? ` · ${wait.waits_for.slice(0, 2).map(({ process, pid }) => `${process}[${pid}]`).join(', ')}` : ''}`;

const rates = <T extends Channel | Process>(): Column<T>[] => [
  { id: 'operations', title: 'Ops/s', field: 'operations_per_second', width: '4.5rem', number: true, cell: item => rate(item.operations_per_second), value: item => item.operations_per_second },
  { id: 'trend', title: 'Last minute', width: '5rem', least: 760, cell: item => <Sparkline values={store.model.ring(item.id)?.list() ?? []} /> },
  { id: 'bytes', title: 'Bytes/s', field: 'bytes_per_second', width: '5.5rem', number: true, least: 400, cell: item => bytesRate(item.written_bytes_per_second + item.read_bytes_per_second), value: item => item.written_bytes_per_second + item.read_bytes_per_second },
  { id: 'p50', title: 'p50', field: 'duration_p50_seconds', width: '4.5rem', number: true, least: 1100, cell: item => duration(item.duration_p50_seconds), value: item => item.duration_p50_seconds },
  { id: 'duration', title: 'p99', field: 'duration_p99_seconds', width: '4.5rem', number: true, least: 480, cell: item => duration(item.duration_p99_seconds), value: item => item.duration_p99_seconds },
  { id: 'wait', title: 'Waiting', field: 'wait_full_and_lock_seconds_per_second', width: '4.5rem', number: true, least: 620, cell: item => <span class={blocked(item) > 0.2 ? 'tone-warning' : ''}>{waiting(blocked(item))}</span>, value: blocked },
  { id: 'errors', title: 'Err/s', field: 'errors_per_second', width: '4rem', number: true, least: 1080, cell: item => <span class={item.errors_per_second > 0 ? 'tone-critical' : ''}>{rate(item.errors_per_second)}</span>, value: item => item.errors_per_second },
];

const CHANNEL_RATES = rates<Channel>();
const PROCESS_RATES = rates<Process>();

const ENDS_FROM = 700; // px

export const CHANNEL_COLUMNS: readonly Column<Channel>[] = [
  { id: 'name', title: 'Channel', field: 'channel', width: 'minmax(8.5rem, 2fr)', cell: item => <a tabIndex={-1} href={channelHref(item.id)} title={item.channel}>{item.channel || '(no name)'}</a>, more: { below: ENDS_FROM, cell: ends }, value: item => item.channel },
  { id: 'mechanism', title: 'Mechanism', width: '6.5rem', least: 560, cell: item => <Mechanism name={item.mechanism} />, value: item => item.mechanism },
  { id: 'ends', title: 'Processes', width: 'minmax(8rem, 3fr)', least: ENDS_FROM, cell: item => <span title={ends(item)}>{ends(item)}</span>, value: ends },
  ...CHANNEL_RATES,
  { id: 'queue', title: 'Queue', field: 'queue_fill', width: '8rem', least: 1120, cell: queue, value: item => item.queue ? item.queue.bytes ?? item.queue.messages : null },
  { id: 'blame', title: 'Longest wait', width: 'minmax(9rem, 1.6fr)', least: 1300, cell: item => item.longest_wait ? <span title={waitText(item.longest_wait)}>{waitText(item.longest_wait)}</span> : '', value: item => item.longest_wait?.age_seconds },
  { id: 'agent', title: 'Agent', width: '6rem', least: 1500, cell: item => item.agent, value: item => item.agent },
];

export const PROCESS_COLUMNS: readonly Column<Process>[] = [
  { id: 'name', title: 'Process', field: 'process', width: 'minmax(8.5rem, 1.5fr)', cell: item => <a tabIndex={-1} href={processHref(item.id)} title={item.executable ?? item.process}>{item.process || '(no name)'}</a>, value: item => item.process },
  { id: 'pid', title: 'PID', field: 'pid', width: '4.5rem', number: true, cell: item => String(item.pid), value: item => item.pid },
  { id: 'place', title: 'Container or pod', width: 'minmax(7rem, 1.5fr)', least: 940, cell: item => <span title={place(item)}>{place(item)}</span>, value: place },
  { id: 'channels', title: 'Channels', width: '5rem', number: true, least: 560, cell: item => count(item.channels), value: item => item.channels },
  ...PROCESS_RATES,
  { id: 'mechanisms', title: 'Mechanisms', width: 'minmax(7rem, 1.2fr)', least: 1120, cell: item => <span title={item.mechanisms?.join(', ')}>{item.mechanisms?.join(', ')}</span>, value: item => item.mechanisms?.join(' ') },
  { id: 'blame', title: 'Longest wait', width: 'minmax(9rem, 1.6fr)', least: 1240, cell: item => item.longest_wait ? <span title={waitText(item.longest_wait)}>{waitText(item.longest_wait)}</span> : '', value: item => item.longest_wait?.age_seconds },
  { id: 'agent', title: 'Agent', width: '6rem', least: 1400, cell: item => item.agent, value: item => item.agent },
];

export function queue({ queue: fill }: Channel) {
  if (!fill) return '';
  const messages = fill.messages !== null && fill.messages !== undefined;
  const value = (messages ? fill.messages : fill.bytes) ?? 0;
  return <Bar value={value} of={fill.limit ?? 0} high={fill.high_water ?? null} text={messages ? `${value} msg` : bytes(value)} />;
}
