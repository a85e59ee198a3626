/** A small line of the last minute; the figure itself stands beside it. */
export function Sparkline({ values, width = 72, height = 20, label }: { values: readonly number[]; width?: number; height?: number; label?: string }) {
  const top = Math.max(...values, 0);
  const points = values.length < 2 || top <= 0
    ? `0,${height - 1} ${width},${height - 1}`
    : values.map((value, index) => `${((index / (values.length - 1)) * width).toFixed(1)},${(height - 1 - (Math.max(0, value) / top) * (height - 3)).toFixed(1)}`).join(' ');
  return <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : 'true'}>
    <polygon points={`0,${height} ${points} ${width},${height}`} /><polyline points={points} /></svg>;
}
