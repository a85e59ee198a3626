import type { History } from '../api/types';
import { clock } from '../format/units';
import { Chart } from '../parts/Chart';
import { Figure } from '../parts/Figure';
import { Empty, Failed, Loading } from '../parts/States';
import { change, useRoute } from '../state/route';
import { rangeOf } from '../state/range';
import { useRemote } from '../state/remote';
import { store } from '../state/store';

interface Props { id: string; title: string; metric: 'operations' | 'bytes' | 'wait' | 'duration_p99'; of: Record<string, string>; format(value: number): string }

const TOKENS = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6'];

interface Row { time: number; values: (number | null)[] }

/** One measure over the chosen time, as the server remembers it or Prometheus does. */
export function HistoryChart({ id, title, metric, of, format }: Props) {
  const range = rangeOf(useRoute().query);
  const absolute = range.name === '';
  const { data, problem, loading } = useRemote<History>('history', { metric, ...of, from: absolute ? range.from : range.from - (range.from % 60), to: absolute ? range.to : undefined }, store.paused || absolute ? 0 : 5_000);
  const series = (data?.series ?? []).slice(0, TOKENS.length);
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))].sort((a, b) => a - b);
  const values = series.map(({ points }) => { const at = new Map(points); return times.map(time => at.get(time) ?? null); });
  const lines = series.map(({ labels }, index) => ({ name: Object.values(labels).join(' ') || title, token: TOKENS[index] as string }));
  const rows: Row[] = times.map((time, index) => ({ time, values: values.map(list => list[index] ?? null) }));
  const columns = [{ id: 'time', title: 'Time', width: '6rem', cell: (row: Row) => clock(row.time * 1000), value: (row: Row) => row.time },
    ...lines.map((line, index) => ({ id: `${metric}_${index}`, title: line.name, field: line.name, width: 'minmax(5rem, 1fr)', number: true, cell: (row: Row) => { const value = row.values[index]; return value === null || value === undefined ? '–' : format(value); }, value: (row: Row) => row.values[index] ?? null }))];
  return <Figure id={id} title={title} note={data ? (data.source === 'prometheus' ? 'from Prometheus' : "from the dashboard's memory, 15 min") : ''} promql={data?.promql ?? ''}
    table={{ columns, items: () => [...rows].reverse(), key: row => String(row.time), height: 200 }}>
    {problem && !data ? <Failed problem={problem} what="The history" /> : loading && !data ? <Loading lines={4} /> : times.length === 0 ? <Empty title="No history for this time">Without Prometheus the dashboard remembers fifteen minutes.</Empty>
      : <Chart label={title} times={times} lines={lines} values={values} format={format} height={180} onRange={(from, to) => change({ from: String(from), to: String(to), range: '' })} />}
  </Figure>;
}
