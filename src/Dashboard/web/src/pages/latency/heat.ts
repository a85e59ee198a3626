import type { HeatColumns } from '../../api/types';
import type { Model } from '../../state/model';

export interface HeatColumn { time: number; counts: readonly number[] } // time in Unix seconds

/** What the map draws: columns of counts, one bucket more than bounds. */
export interface Heat { bounds: readonly number[]; columns: readonly HeatColumn[]; totals(from: number, to: number): { low: number; high: number; count: number }[] }

/** The server's memory before the page was opened, the stream since. */
export function heatOf(model: Model, past: HeatColumns | null, mechanism: string, from: number, to: number): Heat {
  const live = model.latency.map(({ time, counts }) => ({ time: time / 1000, counts: mechanism ? counts.get(mechanism) ?? [] : sum([...counts.values()]) }));
  const begin = live[0]?.time ?? Infinity;
  const old = (past?.columns ?? []).map(({ time, counts }) => ({ time: Date.parse(time) / 1000, counts })).filter(({ time }) => time < begin);
  const bounds = model.bounds.length ? model.bounds : past?.bounds_seconds ?? [];
  const columns = [...old, ...live].filter(column => column.time >= from && column.time <= to + 1);
  return {
    bounds, columns,
    totals: (first, last) => {
      const all = sum(columns.filter(column => column.time >= first && column.time <= last + 1).map(column => column.counts));
      return all.map((count, index) => ({ low: bounds[index - 1] ?? 0, high: bounds[index] ?? Infinity, count })).filter(({ count }) => count > 0);
    },
  };
}

function sum(lists: readonly (readonly number[])[]): number[] {
  const out: number[] = [];
  for (const list of lists) for (let index = 0; index < list.length; index++) out[index] = (out[index] ?? 0) + (list[index] ?? 0);
  return out;
}
