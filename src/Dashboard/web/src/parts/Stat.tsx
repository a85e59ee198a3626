import type { ComponentChildren } from 'preact';
import { Sparkline } from './Sparkline';

export function Stat({ name, value, note, trend, tone = '' }: { name: string; value: ComponentChildren; note?: ComponentChildren; trend?: readonly number[]; tone?: string }) {
  return <div class={`stat ${tone}`}><span class="stat-name">{name}</span><span class="stat-value">{value}</span>
    <span class="stat-note">{note ?? '\u00a0'}</span>{trend ? <Sparkline values={trend} width={120} height={28} /> : null}</div>;
}
