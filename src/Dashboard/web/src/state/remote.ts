import { useEffect, useRef, useState } from 'preact/hooks';
import { get, Problem } from '../api/client';

export interface Remote<T> { data: T | null; problem: Problem | null; loading: boolean; at: number }

/** A document of the server, read now and every `every` ms (0: once). Old data stay while new ones are read, of another time too: charts do not flash. */
export function useRemote<T>(path: string | null, query: Record<string, string | number | undefined> = {}, every = 0): Remote<T> {
  const [state, set] = useState<Remote<T>>({ data: null, problem: null, loading: true, at: 0 });
  const known = useRef<string | null>(null);
  const key = path === null ? '' : `${path}?${JSON.stringify(query)}`;
  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    let timer = 0;
    const read = async () => {
      try {
        const data = await get<T>(path, query, abort.signal);
        if (!abort.signal.aborted) set({ data, problem: null, loading: false, at: Date.now() });
      } catch (error) {
        if (abort.signal.aborted) return;
        const problem = error instanceof Problem ? error : new Problem(0, 'Unreadable answer', String(error));
        set(old => ({ ...old, data: problem.status === 404 ? null : old.data, problem, loading: false }));
      }
      if (every && !abort.signal.aborted) timer = window.setTimeout(() => void read(), every);
    };
    set(old => ({ ...old, data: known.current === path ? old.data : null, problem: null, loading: true }));
    known.current = path;
    void read();
    return () => { abort.abort(); clearTimeout(timer); };
  }, [key, every]);
  return state;
}
