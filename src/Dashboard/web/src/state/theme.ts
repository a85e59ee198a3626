import { useEffect, useState } from 'preact/hooks';

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'ipcscope.theme';
const listeners = new Set<() => void>();

export function theme(): Theme {
  try { return (localStorage.getItem(KEY) as Theme | null) ?? 'system'; } catch { return 'system'; }
}

export function setTheme(value: Theme): void {
  try { localStorage.setItem(KEY, value); } catch { /* private windows may refuse: it lasts until the page is left */ }
  show(value);
}

function show(value: Theme): void {
  if (value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  for (const listener of listeners) listener();
}

export function startTheme(): void {
  show(theme());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { for (const listener of listeners) listener(); });
}

/** A number that changes with the theme: canvases draw anew. */
export function useThemeVersion(): number {
  const [version, set] = useState(0);
  useEffect(() => {
    const listener = () => set(value => value + 1);
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  }, []);
  return version;
}

/** The colour that a custom property stands for now; canvases cannot read var(). */
export function colour(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
