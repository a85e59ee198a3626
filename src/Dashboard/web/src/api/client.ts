// Reading the server: JSON, and what went wrong as RFC 9457 says it.

export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string) {
    super(detail || title);
  }

  /** The column of a filter that cannot be read, from 1; 0: another problem. */
  get column(): number {
    return Number(/column (\d+)/.exec(this.detail)?.[1] ?? 0);
  }
}

/** Reads a document. Throws Problem; status 0 when the server cannot be reached. */
export async function get<T>(path: string, query: Record<string, string | number | undefined> = {}, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(url(path, query), { headers: { accept: 'application/json' }, credentials: 'same-origin', signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, 'The dashboard does not answer', 'The dashboard does not answer. Is it still running?');
  }
  if (answer.ok) return await answer.json() as T;
  let body: { title?: string; detail?: string } = {};
  try { body = await answer.json(); } catch { /* not a problem document: the status says enough */ }
  throw new Problem(answer.status, body.title ?? `Status ${answer.status}`, body.detail ?? '');
}

export function url(path: string, query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== '');
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return `/api/v1/${path}${text && '?'}${text}`;
}

/** An id, "agent/id", as part of a path. */
export const idPath = (id: string): string => id.split('/').map(encodeURIComponent).join('/');
