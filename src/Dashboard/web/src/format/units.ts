// Figures for people: three digits at most, a unit, a thin word of space between. Base units stay in exports.

const NBSP = '\u00a0';

function digits(value: number): string {
  const size = Math.abs(value);
  return size === 0 ? '0' : size < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));
}

function scaled(value: number, base: number, units: readonly string[]): string {
  let index = 0;
  while (Math.abs(value) >= base * 0.9995 && index < units.length - 1) { value /= base; index++; }
  const unit = units[index] as string;
  return unit ? digits(value) + NBSP + unit : digits(value);
}

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const TIMES: readonly (readonly [number, string])[] = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's'], [1e-3, 'ms'], [1e-6, 'µs']];

/** Seconds as `41 µs`, `8.1 ms`, `3.2 min`; nothing known: a dash. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return '–';
  if (seconds === 0) return '0';
  for (const [size, unit] of TIMES) if (Math.abs(seconds) >= size * 0.9995) return digits(seconds / size) + NBSP + unit;
  return digits(seconds * 1e9) + NBSP + 'ns';
}

export const bytes = (value: number | null | undefined): string => value === null || value === undefined ? '–' : scaled(value, 1024, BYTES);

export const bytesRate = (value: number): string => value < 0.05 ? '0' : `${bytes(value)}/s`;

/** `8,442`, `18 k`, `1.2 M`. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Math.abs(value) < 10_000 ? (Math.abs(value) < 100 ? digits(value) : exact(Math.round(value))) : scaled(value, 1000, ['', 'k', 'M', 'G', 'T']);
}

export const exact = (value: number | null | undefined): string => value === null || value === undefined ? '–' : value.toLocaleString('en-US');

/** `1 channel`, `8,442 channels`. */
export const plural = (value: number, one: string, many = `${one}s`): string => `${exact(value)} ${value === 1 ? one : many}`;

export const rate = (value: number): string => value < 0.05 ? '0' : count(value);

/** A share of 1 as `0.7 %`. */
export const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value > 0 && value < 0.0005 ? `<${NBSP}0.1${NBSP}%` : digits(value * 100) + NBSP + '%';

/** Seconds per second of waiting: threads that wait at any time, on average. */
export const waiting = (value: number): string => value < 0.0005 ? '0' : value < 9.95 ? value.toFixed(value < 0.1 ? 3 : 2) : digits(value);

export const age = (seconds: number | null | undefined, atLeast?: boolean | null): string => (atLeast ? `≥${NBSP}` : '') + duration(seconds);

export const clock = (time: string | number): string => new Date(time).toLocaleTimeString('en-GB');

export function when(time: string | null | undefined): string {
  if (!time) return '–';
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  return today ? date.toLocaleTimeString('en-GB') : `${date.toLocaleDateString('en-CA')} ${date.toLocaleTimeString('en-GB')}`;
}

export const since = (time: string | null | undefined): string => time ? duration(Math.max(0, (Date.now() - Date.parse(time)) / 1000)) : '–';

/** The lines of a scale of durations: 100 ns, 1 µs … as far as the bounds go. */
export function decades(low: number, high: number): number[] {
  const lines: number[] = [];
  for (let power = Math.ceil(Math.log10(low)); power <= Math.floor(Math.log10(high)); power++) lines.push(10 ** power);
  return lines;
}
