import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colour, useThemeVersion } from '../state/theme';

export interface Line { name: string; token: string; dash?: number[] }

const DASHES: readonly number[][] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [12, 4], [4, 4], [10, 2, 2, 2]];

interface Props { label: string; times: readonly number[]; lines: readonly Line[]; values: readonly (readonly (number | null)[])[]; format(value: number): string; height?: number; onRange?(from: number, to: number): void }

/** Lines over time. Colours and dashes differ both; one cursor across all charts of a page; a drag chooses a time range. */
export function Chart({ label, times, lines, values, format, height = 200, onRange }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useThemeVersion();
  const names = lines.map(line => line.name).join('\n');
  const range = useRef(onRange);
  range.current = onRange;

  useEffect(() => {
    const box = root.current as HTMLDivElement;
    const [text, grid] = [colour('--text-soft'), colour('--line')];
    const font = '11px system-ui, sans-serif';
    const axis: uPlot.Axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
    plot.current = new uPlot({
      width: Math.max(100, box.clientWidth), height, padding: [8, 28, 0, 0],
      cursor: { sync: { key: 'time' }, points: { size: 6 }, drag: { x: true, y: false, setScale: false } },
      select: { show: true, left: 0, top: 0, width: 0, height: 0 },
      legend: { live: true },
      scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) > 0 ? (high as number) * 1.08 : 1] } },
      axes: [{ ...axis, values: '{HH}:{mm}:{ss}', space: 90, size: 28 }, { ...axis, size: 64, values: (_, ticks) => ticks.map(format) }],
      series: [{ value: (_, time) => time ? new Date(time * 1000).toLocaleTimeString('en-GB') : '–' },
        ...lines.map((line, index) => ({ label: line.name, stroke: colour(line.token), width: 1.5, dash: line.dash ?? DASHES[index % DASHES.length] ?? [], points: { show: false }, spanGaps: false,
          value: (_: uPlot, value: number | null) => value === null || value === undefined ? '–' : format(value) }))],
      hooks: { setSelect: [chart => {
        if (chart.select.width < 8) return;
        const [from, to] = [chart.posToVal(chart.select.left, 'x'), chart.posToVal(chart.select.left + chart.select.width, 'x')];
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        range.current?.(Math.floor(from), Math.ceil(to));
      }] },
    }, data(times, values), box);
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: Math.max(100, box.clientWidth), height }));
    observer.observe(box);
    return () => { observer.disconnect(); plot.current?.destroy(); plot.current = null; };
  }, [theme, names, height]);
  useEffect(() => plot.current?.setData(data(times, values)), [times, values]);
  return <div class="chart" role="img" aria-label={`${label}; the table beside its title has the figures`} ref={root} />;
}

const data = (times: readonly number[], values: Props['values']): uPlot.AlignedData => [times as number[], ...values as (number | null)[][]];
