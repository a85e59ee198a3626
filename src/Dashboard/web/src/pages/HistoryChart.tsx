import type { Channel, History, Process } from '../api/types';
import { clock } from '../format/units';
import { Chart } from '../parts/Chart';
import { Figure } from '../parts/Figure';
import { Empty, Failed, Loading } from '../parts/States';
import { change, useRoute } from '../state/route';
import { rangeOf } from '../state/range';
import { useRemote } from '../state/remote';
import { store } from '../state/store';

interface Props { id: string; title: string; metric: 'operations' | 'bytes' | 'wait' | 'duration_p99'; of: Record<string, string>; format(value: number): string }

const MEASURES: Record<Props['metric'], (item: Channel | Process) => number | null> = {
  operations: item => item.operations_per_second, bytes: item => item.written_bytes_per_second + item.read_bytes_per_second,
  wait: item => item.wait_full_seconds_per_second + item.wait_lock_seconds_per_second, duration_p99: item => item.duration_p99_seconds ?? null,
};

/** What this page has seen itself, for want of a history; of rates, the last minute from the start. */
function seen(id: string, metric: Props['metric']): [number, number | null][] {
  const steps = store.model.trail(id).map(({ time, item }): [number, number | null] => [time, MEASURES[metric](item)]);
  if (metric !== 'operations') return steps;
  const ring = store.model.ring(id)?.list() ?? [];
  const before = ring.slice(0, Math.max(0, ring.length - steps.length));
  const begin = steps[0]?.[0] ?? store.model.time / 1000 + store.model.interval;
  return [...before.map((value, index): [number, number | null] => [begin - (before.length - index) * store.model.interval, value]), ...steps];
}

const TOKENS = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6'];

interface Row { time: number; values: (number | null)[] }

/** One measure over the chosen time, as the server remembers it or Prometheus does. */
export function HistoryChart({ id, title, metric, of, format }: Props) {
  const range = rangeOf(useRoute().query);
  const absolute = range.name === '';
  const { data, problem, loading } = useRemote<History>('history', { metric, ...of, from: absolute ? range.from : range.from - (range.from % 60), to: absolute ? range.to : undefined }, store.paused || absolute ? 0 : 5_000);
  const remembered = (data?.series ?? []).filter(({ points }) => points.length > 0).slice(0, TOKENS.length);
  const own = remembered.length === 0;
  const series: { labels: Record<string, string>; points: [number, number | null][] }[] = own ? [{ labels: {}, points: seen(Object.values(of)[0] as string, metric).filter(([time]) => time >= range.from && time <= range.to + 5) }] : remembered;
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b);
  const values = series.map(({ points }) => { const at = new Map(points); return times.map(time => at.get(time) ?? null); });
  const lines = series.map(({ labels }, index) => ({ name: Object.values(labels).join(' ') || title, token: TOKENS[index] as string }));
  const rows: Row[] = times.map((time, index) => ({ time, values: values.map(list => list[index] ?? null) }));
  const columns = [{ id: 'time', title: 'Time', width: '6rem', cell: (row: Row) => clock(row.time * 1000), value: (row: Row) => row.time },
    ...lines.map((line, index) => ({ id: `${metric}_${index}`, title: line.name, field: line.name, width: 'minmax(5rem, 1fr)', number: true, cell: (row: Row) => { const value = row.values[index]; return value === null || value === undefined ? '–' : format(value); }, value: (row: Row) => row.values[index] ?? null }))];
  return <Figure id={id} title={title} note={own ? 'as seen by this page' : data ? (data.source === 'prometheus' ? 'from Prometheus' : "from the dashboard's memory, 15 min") : ''} promql={data?.promql ?? ''}
    table={{ columns, items: () => [...rows].reverse(), key: row => String(row.time), height: 200 }}>
    {problem && !data && times.length < 2 ? <Failed problem={problem} what="The history" /> : loading && !data && times.length < 2 ? <Loading lines={4} /> : times.length < 2 ? <Empty title="No history for this time">Without Prometheus a page knows what it has seen since it was opened.</Empty>
      : <Chart label={title} times={times} lines={lines} values={values} format={format} height={180} onRange={(from, to) => change({ from: String(from), to: String(to), range: '' })} />}
  </Figure>;
}
