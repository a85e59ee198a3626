import { useEffect, useRef, useState } from 'preact/hooks';
import { clock, decades, duration, exact } from '../../format/units';
import { colour, useThemeVersion } from '../../state/theme';
import type { Heat } from './heat';
export type { Heat } from './heat';

const [LEFT, BOTTOM, HEIGHT, STEPS] = [56, 24, 320, 7];

interface Brush { from: number; to: number; low: number; high: number }
interface Props { heat: Heat; from: number; to: number; brush: Brush | null; before: { from: number; to: number } | null; onBrush(from: number, to: number, low: number, high: number): void }

/** Time to the right, duration upwards on a logarithmic scale, the count as a shade of its logarithm. A drag chooses times and durations. */
export function Heatmap({ heat, from, to, brush, before, onBrush }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(800);
  const [drag, setDrag] = useState<{ x0: number; y0: number; x1: number; y1: number } | null>(null);
  const [hover, setHover] = useState<{ x: number; y: number; text: string } | null>(null);
  const theme = useThemeVersion();
  const span = buckets(heat);
  const plot = { left: LEFT, top: 8, width: Math.max(50, width - LEFT - 8), height: HEIGHT - BOTTOM - 8 };
  const timeAt = (x: number) => from + Math.min(1, Math.max(0, (x - plot.left) / plot.width)) * (to - from);
  const bucketAt = (y: number) => span.first + Math.min(span.size - 1, Math.max(0, Math.floor((plot.top + plot.height - y) / (plot.height / span.size))));
  const lowOf = (bucket: number) => heat.bounds[bucket - 1] ?? 0;
  const highOf = (bucket: number) => heat.bounds[bucket] ?? 1e9;

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 800)));
    observer.observe(box.current as HTMLDivElement);
    return () => observer.disconnect();
  }, []);
  useEffect(() => draw(canvas.current as HTMLCanvasElement, heat, span, plot, width, from, to), [heat, width, theme, from, to]);

  const at = (event: PointerEvent) => { const area = (event.currentTarget as Element).getBoundingClientRect(); return { x: event.clientX - area.left, y: event.clientY - area.top }; };
  const rectangle = drag ? { left: Math.min(drag.x0, drag.x1), top: Math.min(drag.y0, drag.y1), width: Math.abs(drag.x1 - drag.x0), height: Math.abs(drag.y1 - drag.y0) } : brush ? place(brush) : null;
  function place(area: Brush) {
    const x = (time: number) => plot.left + Math.min(1, Math.max(0, (time - from) / (to - from))) * plot.width;
    const y = (seconds: number) => { const index = heat.bounds.findIndex(bound => bound >= seconds * 0.9999); return plot.top + plot.height - (Math.min(span.size, Math.max(0, (seconds <= 0 ? 0 : index < 0 ? 1e9 : index + 1) - span.first)) / span.size) * plot.height; };
    return { left: x(area.from), top: y(area.high), width: x(area.to) - x(area.from), height: y(area.low) - y(area.high) };
  }
  const move = (event: PointerEvent) => {
    const { x, y } = at(event);
    if (drag) return setDrag({ ...drag, x1: x, y1: y });
    const bucket = bucketAt(y);
    const time = timeAt(x);
    const column = heat.columns.reduce((best, one) => Math.abs(one.time - time) < Math.abs(best.time - time) ? one : best, heat.columns[0] as Heat['columns'][number]);
    setHover(x < plot.left || y > plot.top + plot.height || Math.abs(column.time - time) > 30 ? null : { x, y, text: `${clock(column.time * 1000)} · ${duration(lowOf(bucket))} – ${duration(highOf(bucket))} · ${exact(column.counts[bucket] ?? 0)}` });
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    if (Math.abs(drag.x1 - drag.x0) < 4 && Math.abs(drag.y1 - drag.y0) < 4) return;
    onBrush(timeAt(Math.min(drag.x0, drag.x1)), timeAt(Math.max(drag.x0, drag.x1)), lowOf(bucketAt(Math.max(drag.y0, drag.y1))), highOf(bucketAt(Math.min(drag.y0, drag.y1))));
  };
  return <div class="heatmap" ref={box} role="img" aria-label="Durations over time; the table beside the title has the figures, the lists below choose durations"
    onPointerDown={event => { const { x, y } = at(event); (event.currentTarget as Element).setPointerCapture(event.pointerId); setHover(null); setDrag({ x0: x, y0: y, x1: x, y1: y }); }}
    onPointerMove={move} onPointerUp={end} onPointerLeave={() => setHover(null)}>
    <canvas ref={canvas} />
    {before ? <div class="brush before" style={pixels(place({ ...before, low: 0, high: 1e9 }))} /> : null}
    {rectangle ? <div class="brush" style={pixels(rectangle)} /> : null}
    {hover ? <div class="tip" style={{ left: `${Math.min(hover.x + 12, width - 260)}px`, top: `${Math.max(0, hover.y - 30)}px` }}>{hover.text}</div> : null}
  </div>;
}

const pixels = (area: { left: number; top: number; width: number; height: number }) => ({ left: `${area.left}px`, top: `${area.top}px`, width: `${area.width}px`, height: `${area.height}px` });

/** The buckets that are used, with a row of room. */
function buckets(heat: Heat): { first: number; size: number } {
  let [first, last] = [Infinity, 0];
  for (const { counts } of heat.columns) for (let index = 0; index < counts.length; index++) if (counts[index]) { first = Math.min(first, index); last = Math.max(last, index); }
  first = Math.max(0, (first === Infinity ? 0 : first) - 1);
  return { first, size: Math.max(4, last + 2 - first) };
}

function draw(canvas: HTMLCanvasElement, heat: Heat, span: { first: number; size: number }, plot: { left: number; top: number; width: number; height: number }, width: number, from: number, to: number): void {
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(HEIGHT * scale);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${HEIGHT}px`;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.scale(scale, scale);
  const shades = Array.from({ length: STEPS }, (_, index) => colour(`--heat-${index + 1}`));
  const [text, line] = [colour('--text-soft'), colour('--line')];
  const most = Math.log1p(heat.columns.reduce((top, { counts }) => Math.max(top, ...counts), 1));
  const tall = plot.height / span.size;
  const x = (time: number) => plot.left + ((time - from) / (to - from)) * plot.width;
  pen.font = '11px system-ui, sans-serif';
  pen.textBaseline = 'middle';
  pen.textAlign = 'right';
  for (const decade of decades(heat.bounds[Math.max(0, span.first - 1)] ?? 1e-7, heat.bounds[Math.min(heat.bounds.length - 1, span.first + span.size - 1)] ?? 10)) {
    const above = heat.bounds.findIndex(bound => bound >= decade * 0.9999);
    if (above < 0) continue;
    const [lower, upper] = [Math.log(heat.bounds[above - 1] ?? decade), Math.log(heat.bounds[above] as number)];
    const part = upper > lower ? (Math.log(decade) - lower) / (upper - lower) : 1;
    const y = Math.round(plot.top + plot.height - (above + part - span.first) * tall) + 0.5;
    if (y < plot.top - 1 || y > plot.top + plot.height + 1) continue;
    pen.fillStyle = line;
    pen.fillRect(plot.left, y, plot.width, 1);
    pen.fillStyle = text;
    pen.fillText(duration(decade), plot.left - 8, y);
  }
  heat.columns.forEach((column, index) => {
    const next = heat.columns[index + 1]?.time ?? column.time + 1;
    const [left, right] = [Math.floor(x(column.time)), Math.ceil(x(Math.min(next, column.time + 30)))];
    for (let row = 0; row < span.size; row++) {
      const value = column.counts[span.first + row] ?? 0;
      if (!value) continue;
      pen.fillStyle = shades[Math.min(STEPS - 1, Math.floor((Math.log1p(value) / most) * STEPS))] as string;
      const [top, bottom] = [Math.round(plot.top + plot.height - (row + 1) * tall), Math.round(plot.top + plot.height - row * tall)];
      pen.fillRect(left, top, Math.max(1, right - left), bottom - top);
    }
  });
  pen.textAlign = 'center';
  pen.fillStyle = text;
  const labels = Math.max(2, Math.floor(plot.width / 130));
  for (let index = 0; index <= labels; index++) {
    const time = from + ((to - from) * index) / labels;
    pen.textAlign = index === 0 ? 'left' : index === labels ? 'right' : 'center';
    pen.fillText(clock(time * 1000), x(time), HEIGHT - BOTTOM / 2);
  }
}
