/** The time range in the address: `range=15m`, or `from` and `to` in Unix seconds. */
export interface Range { from: number; to: number; name: string }

export const RANGES: readonly (readonly [string, number])[] = [['5m', 300], ['15m', 900], ['1h', 3_600], ['6h', 21_600], ['24h', 86_400]];

export function rangeOf(query: URLSearchParams, now = Date.now() / 1000): Range {
  const from = Number(query.get('from'));
  const to = Number(query.get('to'));
  if (from > 0 && to > from) return { from, to, name: '' };
  const name = query.get('range') ?? '15m';
  const seconds = RANGES.find(([word]) => word === name)?.[1] ?? 900;
  return { from: Math.floor(now - seconds), to: Math.ceil(now), name };
}
