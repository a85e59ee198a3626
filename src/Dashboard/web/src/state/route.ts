import { useEffect, useState } from 'preact/hooks';

/** Where we are. Everything that can be chosen is in the address, so that it can be sent to somebody. */
export interface Route { page: string; id: string; query: URLSearchParams }

const KEPT = ['filter', 'range', 'from', 'to', 'agent']; // what goes along from page to page
const listeners = new Set<() => void>();

export function route(): Route {
  const parts = location.pathname.split('/').filter(Boolean).map(part => { try { return decodeURIComponent(part); } catch { return part; } });
  return { page: parts[0] ?? 'overview', id: parts.slice(1).join('/'), query: new URLSearchParams(location.search) };
}

/** The address of a page, with filter, agent and time range kept; `more` replaces or adds, '' removes. */
export function href(path: string, more: Record<string, string> = {}): string {
  const now = new URLSearchParams(location.search);
  const query = new URLSearchParams();
  for (const key of KEPT) if (now.has(key)) query.set(key, now.get(key) as string);
  for (const [key, value] of Object.entries(more)) if (value) query.set(key, value); else query.delete(key);
  const text = query.toString();
  return path + (text && `?${text}`);
}

export const channelHref = (id: string): string => href(`/channels/${parts(id)}`);
export const processHref = (id: string): string => href(`/processes/${parts(id)}`);
const parts = (id: string): string => id.split('/').map(encodeURIComponent).join('/');

export function go(address: string, replace = false): void {
  if (address === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  if (!replace) document.querySelector('main')?.scrollTo(0, 0);
  for (const listener of listeners) listener();
}

/** Changes parameters of this page; '' removes one. */
export function change(values: Record<string, string>, replace = false): void {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(values)) if (value) query.set(key, value); else query.delete(key);
  const text = query.toString();
  go(location.pathname + (text && `?${text}`), replace);
}

export function onRoute(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRoute(): Route {
  const [value, set] = useState(route);
  useEffect(() => onRoute(() => set(route())), []);
  return value;
}

/** Links of this page are followed without loading it anew; back and forward, too. */
export function startRouting(): void {
  addEventListener('popstate', () => { for (const listener of listeners) listener(); });
  document.addEventListener('click', event => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.('a[href^="/"]:not([download]):not([target])');
    if (!link) return;
    event.preventDefault();
    go(link.getAttribute('href') as string);
  });
}
