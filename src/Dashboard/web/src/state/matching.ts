import { get, Problem } from '../api/client';
import type { Page } from '../api/types';

const EVERY = 2_000; // ms; a filter is read by the agents, so it is asked for, not streamed
const MOST = 10_000;

/** Which channels and processes a filter lets through, asked for again and again while it is set. */
export class Matching {
  channels: ReadonlySet<string> | null = null; // null: not known yet
  processes: ReadonlySet<string> | null = null;
  private readonly abort = new AbortController();

  constructor(private readonly filter: string, private readonly changed: (problem: Problem | null) => void) {
    void this.follow();
  }

  close(): void {
    this.abort.abort();
  }

  private async follow(): Promise<void> {
    const { signal } = this.abort;
    while (!signal.aborted) {
      try {
        const [channels, processes] = await Promise.all([this.ids('channels'), this.ids('processes')]);
        [this.channels, this.processes] = [channels, processes];
        if (!signal.aborted) this.changed(null);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Problem && error.status === 400) return this.changed(error);
      }
      await new Promise(done => setTimeout(done, EVERY));
    }
  }

  private async ids(kind: string): Promise<ReadonlySet<string>> {
    const { items } = await get<Page<{ id: string }>>(kind, { filter: this.filter, limit: MOST }, this.abort.signal);
    return new Set(items.map(({ id }) => id));
  }
}
