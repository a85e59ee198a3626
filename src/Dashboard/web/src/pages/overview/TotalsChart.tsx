import { count, duration } from '../../format/units';
import { Chart, type Line } from '../../parts/Chart';
import { Figure } from '../../parts/Figure';
import { family } from '../../parts/Mark';
import { change, useRoute } from '../../state/route';
import { rangeOf } from '../../state/range';
import { useRemote } from '../../state/remote';
import type { Model } from '../../state/model';
import type { History } from '../../api/types';

const LINES = 6;

interface Row { time: number; values: Map<string, number> }

/** Operations a second by mechanism: live for the last minutes, from the server's memory or Prometheus before. */
export function TotalsChart({ model }: { model: Model }) {
  const { query } = useRoute();
  const range = rangeOf(query, model.time / 1000);
  const past = useRemote<History>('history', { metric: 'operations', from: range.from - (range.from % 60), to: range.name ? undefined : range.to, filter: undefined }, 60_000);
  const rows = merged(model, past.data, range.from, range.to);
  const sums = new Map<string, number>();
  for (const row of rows.slice(-120)) for (const [mechanism, value] of row.values) sums.set(mechanism, (sums.get(mechanism) ?? 0) + value);
  const names = [...sums.entries()].filter(([, sum]) => sum > 0).sort((a, b) => b[1] - a[1]).slice(0, LINES).map(([name]) => name);
  const lines: Line[] = names.map(name => ({ name, token: `--family-${family(name)}` }));
  const columns = [{ id: 'time', title: 'Time', width: '6rem', cell: (row: Row) => new Date(row.time * 1000).toLocaleTimeString('en-GB'), value: (row: Row) => row.time },
    ...names.map(name => ({ id: name, title: name, field: `${name}_operations_per_second`, width: 'minmax(4rem, 1fr)', number: true, cell: (row: Row) => count(row.values.get(name) ?? 0), value: (row: Row) => row.values.get(name) ?? 0 }))];
  return <Figure id="operations" title="Operations a second" note={`last ${duration(range.to - range.from)}`} promql="sum by (mechanism) (rate(ipc_operations_total[1m]))"
    table={{ columns, items: () => rows.slice(-900).reverse(), key: row => String(row.time), height: 292 }}>
    <Chart label="Operations a second by mechanism" times={rows.map(row => row.time)} lines={lines} values={names.map(name => rows.map(row => row.values.get(name) ?? 0))} format={count} height={248}
      onRange={(from, to) => change({ from: String(from), to: String(to), range: '' })} />
  </Figure>;
}

function merged(model: Model, past: History | null, from: number, to: number): Row[] {
  const live = model.totals.map(one => ({ time: one.time / 1000, values: one.mechanisms }));
  const begin = live[0]?.time ?? Infinity;
  const old = new Map<number, Map<string, number>>();
  for (const { labels, points } of past?.series ?? []) {
    for (const [time, value] of points) {
      if (time >= begin) continue;
      let row = old.get(time);
      if (!row) old.set(time, row = new Map());
      const name = labels.mechanism ?? 'all';
      row.set(name, (row.get(name) ?? 0) + value);
    }
  }
  return [...[...old].map(([time, values]) => ({ time, values })).sort((a, b) => a.time - b.time), ...live].filter(row => row.time >= from && row.time <= to + 1);
}
