import type { Distribution } from '../api/types';
import { bytes, count, duration, exact } from '../format/units';
import { Figure } from './Figure';
import { Empty } from './States';
import type { Column } from './Table';

interface Bucket { from: number; to: number; count: number }

/** How many operations took how long, or moved how much: bars, without the empty ends. */
export function Histogram({ id, title, of, unit, promql }: { id: string; title: string; of: Distribution | null | undefined; unit: 'seconds' | 'bytes'; promql?: string }) {
  const bounds = of?.bounds_seconds ?? of?.bounds_bytes ?? [];
  const format = unit === 'seconds' ? duration : bytes;
  const all = (of?.counts ?? []).map((value, index) => ({ from: bounds[index - 1] ?? 0, to: bounds[index] ?? Infinity, count: value }));
  const first = all.findIndex(bucket => bucket.count > 0);
  const last = all.findLastIndex(bucket => bucket.count > 0);
  const buckets = first < 0 ? [] : all.slice(Math.max(0, first - 1), last + 2);
  const top = Math.max(...buckets.map(bucket => bucket.count), 1);
  const sum = buckets.reduce((total, bucket) => total + bucket.count, 0);
  const name = ({ from, to }: Bucket) => to === Infinity ? `> ${format(from)}` : `${format(from)} – ${format(to)}`;
  const columns: Column<Bucket>[] = [
    { id: 'range', title: unit === 'seconds' ? 'Duration' : 'Size', width: 'minmax(9rem, 1fr)', cell: name },
    { id: 'upper_bound', title: 'At most', field: `upper_bound_${unit}`, width: '6rem', number: true, cell: bucket => bucket.to === Infinity ? '∞' : format(bucket.to), value: bucket => bucket.to },
    { id: 'count', title: 'Operations', width: '7rem', number: true, cell: bucket => exact(bucket.count), value: bucket => bucket.count },
  ];
  const step = 100 / Math.max(1, buckets.length);
  return <Figure id={id} title={title} note={sum ? `${count(sum)} operations` : ''} {...promql ? { promql } : {}} table={{ columns, items: () => buckets, key: bucket => String(bucket.to), height: 200 }}>
    {buckets.length === 0 ? <Empty title="No operation yet" /> : <div class="histogram">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={`${title}: most are ${name(buckets.reduce((a, b) => b.count > a.count ? b : a))}`}>
        {buckets.map((bucket, index) => bucket.count ? <rect key={bucket.to} x={index * step + step * 0.08} width={step * 0.84} y={100 - Math.max(1.5, (bucket.count / top) * 100)} height={Math.max(1.5, (bucket.count / top) * 100)}><title>{`${name(bucket)}: ${exact(bucket.count)}`}</title></rect> : null)}
      </svg>
      <div class="histogram-scale" aria-hidden="true"><span>{format(buckets[0]?.from)}</span><span>{format(buckets[Math.floor(buckets.length / 2)]?.from)}</span><span>{buckets.at(-1)?.to === Infinity ? `> ${format(buckets.at(-1)?.from)}` : format(buckets.at(-1)?.to)}</span></div>
    </div>}
  </Figure>;
}
