import { clock, count, duration, exact, share } from '../../format/units';
import { Figure } from '../../parts/Figure';
import { Empty } from '../../parts/States';
import type { Column } from '../../parts/Table';
import type { Heat } from './heat';

export interface Window { from: number; to: number } // Unix seconds

interface Row { low: number; high: number; before: number; after: number; shareBefore: number; shareAfter: number }

const [WIDTH, GAP] = [100, 0.1];

/** How long operations took in one window, and in another: bars are shares of the window's operations, so that windows of different lengths can be compared. */
export function Compare({ heat, before, after }: { heat: Heat; before: Window; after: Window }) {
  const rows = compared(heat, before, after);
  const [sumBefore, sumAfter] = [total(rows, 'before'), total(rows, 'after')];
  const name = ({ low, high }: Row) => high === Infinity ? `> ${duration(low)}` : `${duration(low)} – ${duration(high)}`;
  const columns: Column<Row>[] = [
    { id: 'duration', title: 'Duration', width: 'minmax(9rem, 1fr)', cell: name },
    { id: 'upper', title: 'At most', field: 'upper_bound_seconds', width: '6rem', number: true, least: 620, cell: row => row.high === Infinity ? '∞' : duration(row.high), value: row => row.high },
    { id: 'before', title: 'Before', field: 'operations_before', width: '6rem', number: true, least: 520, cell: row => exact(row.before), value: row => row.before },
    { id: 'after', title: 'After', field: 'operations_after', width: '6rem', number: true, least: 520, cell: row => exact(row.after), value: row => row.after },
    { id: 'share_before', title: 'Share before', width: '6rem', number: true, cell: row => share(row.shareBefore), value: row => row.shareBefore },
    { id: 'share_after', title: 'Share after', width: '6rem', number: true, cell: row => share(row.shareAfter), value: row => row.shareAfter },
  ];
  const top = Math.max(...rows.map(row => Math.max(row.shareBefore, row.shareAfter)), 1e-9);
  const step = WIDTH / Math.max(1, rows.length);
  const tall = (value: number) => value ? Math.max(1.5, (value / top) * 100) : 0;
  const at = (rank: number) => `p${rank * 100} ${quantile(rows, 'before', rank)} → ${quantile(rows, 'after', rank)}`;
  const span = ({ from, to }: Window) => `${clock(from * 1000)} – ${clock(to * 1000)}`;
  return <Figure id="compare" title="Before and after" note={`${at(0.5)}; ${at(0.99)}`} table={{ columns, items: () => rows, key: row => String(row.high), height: 300 }}>
    {!sumBefore || !sumAfter ? <Empty title={`No operation in ${sumBefore ? 'the second window' : 'the first window'}`} /> : <div class="histogram compare">
      <svg viewBox={`0 0 ${WIDTH} 100`} preserveAspectRatio="none" role="img" aria-label={`Durations before and after: ${at(0.5)}; ${at(0.99)}`}>
        {rows.map((row, index) => <g key={row.high}><title>{`${name(row)}: ${share(row.shareBefore)} before, ${share(row.shareAfter)} after`}</title>
          <rect class="before" x={index * step + step * GAP} width={step * (0.5 - GAP)} y={100 - tall(row.shareBefore)} height={tall(row.shareBefore)} />
          <rect x={index * step + step * 0.5} width={step * (0.5 - GAP)} y={100 - tall(row.shareAfter)} height={tall(row.shareAfter)} /></g>)}
      </svg>
      <div class="histogram-scale" aria-hidden="true"><span>{duration(rows[0]?.low)}</span><span>{duration(rows[Math.floor(rows.length / 2)]?.low)}</span><span>{rows.at(-1)?.high === Infinity ? `> ${duration(rows.at(-1)?.low)}` : duration(rows.at(-1)?.high)}</span></div>
      <p class="map-legend"><span><i class="swatch before" />before: {span(before)}, {count(sumBefore)} operations</span><span><i class="swatch after" />after: {span(after)}, {count(sumAfter)}</span></p>
    </div>}
  </Figure>;
}

const total = (rows: readonly Row[], key: 'before' | 'after'): number => rows.reduce((sum, row) => sum + row[key], 0);

function compared(heat: Heat, before: Window, after: Window): Row[] {
  const rows = new Map<number, Row>();
  for (const [key, { from, to }] of [['before', before], ['after', after]] as const) {
    for (const { low, high, count: operations } of heat.totals(from, to)) {
      const row = rows.get(high) ?? { low, high, before: 0, after: 0, shareBefore: 0, shareAfter: 0 };
      row[key] = operations;
      rows.set(high, row);
    }
  }
  const all = [...rows.values()].sort((a, b) => a.high - b.high);
  const [sumBefore, sumAfter] = [total(all, 'before') || 1, total(all, 'after') || 1];
  return all.map(row => ({ ...row, shareBefore: row.before / sumBefore, shareAfter: row.after / sumAfter }));
}

/** The upper bound of the bucket that holds it. */
function quantile(rows: readonly Row[], key: 'before' | 'after', rank: number): string {
  const wanted = total(rows, key) * rank;
  let seen = 0;
  const row = rows.find(one => (seen += one[key]) >= wanted && seen > 0);
  return row ? row.high === Infinity ? `> ${duration(row.low)}` : duration(row.high) : '–';
}
