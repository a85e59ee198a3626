const FRAMES = 60; // the last minute

/** A small line of the last minute, now at its right end: as far as it reaches, so much is known. The figure itself stands beside it. */
export function Sparkline({ values, width = 72, height = 20, label }: { values: readonly number[]; width?: number; height?: number; label?: string }) {
  const known = values.slice(-FRAMES);
  const top = Math.max(...known, 0);
  const x = (index: number) => (width * (1 - (known.length - 1 - index) / (FRAMES - 1))).toFixed(1);
  const points = known.map((value, index) => `${x(index)},${(height - 1 - (top > 0 ? Math.max(0, value) / top : 0) * (height - 3)).toFixed(1)}`).join(' ');
  return <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : 'true'}>
    <line class="before" x1="0" x2={known.length ? x(0) : width} y1={height - 1} y2={height - 1} />
    {known.length > 1 ? <><polygon points={`${x(0)},${height} ${points} ${width},${height}`} /><polyline points={points} /></> : null}</svg>;
}
