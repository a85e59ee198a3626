import { share } from '../format/units';

/** How much of a whole: a bar and its figure. `high` is the most it has been. */
export function Bar({ value, of, high, text, tone = '' }: { value: number; of: number; high?: number | null; text: string; tone?: string }) {
  const part = of > 0 ? Math.min(1, value / of) : 0;
  return <span class={`bar ${tone || (part > 0.9 ? 'full' : '')}`}>
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={`${text}, ${share(part)}`}>
      <rect class="rail" width="100" height="8" rx="1" /><rect class="level" width={part * 100} height="8" rx="1" />
      {high && of > 0 ? <rect class="high" x={Math.min(99, (high / of) * 100)} width="1" height="8" /> : null}
    </svg><span class="number">{text}</span></span>;
}
