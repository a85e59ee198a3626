import { get, Problem } from '../api/client';
import { Stream } from '../api/stream';
import type { Change, Frame } from '../api/types';

/** Which channels and processes a filter lets through, as the stream through it tells. A page that nobody sees does not ask: browsers bear six streams of one server. */
export class Matching {
  channels: Set<string> | null = null; // null: not known yet
  processes: Set<string> | null = null;
  private stream: Stream | null = null;
  private readonly waiting = new Set<string>(); // agents that have not told yet
  private readonly abort = new AbortController();

  constructor(private readonly filter: string, private readonly changed: (problem: Problem | null) => void) {
    document.addEventListener('visibilitychange', () => this.follow(), { signal: this.abort.signal });
    void this.open();
  }

  close(): void {
    this.abort.abort();
    this.stream?.close();
  }

  private async open(): Promise<void> {
    try {
      await get('channels', { filter: this.filter, limit: 1 }, this.abort.signal); // a stream cannot say why it was refused
    } catch (error) {
      if (this.abort.signal.aborted) return;
      if (error instanceof Problem && error.status === 400) return this.changed(error);
    }
    this.follow();
  }

  private follow(): void {
    this.stream?.close();
    this.stream = null;
    if (document.hidden || this.abort.signal.aborted) return;
    let [channels, processes] = [new Set<string>(), new Set<string>()];
    const take = (frame: Frame): void => {
      for (const agent of frame.agents?.set ?? []) this.waiting[agent.state === 'connecting' && !agent.error ? 'add' : 'delete'](agent.agent);
      for (const name of frame.agents?.gone ?? []) this.waiting.delete(name);
      apply(channels, frame.channels);
      apply(processes, frame.processes);
      if (this.waiting.size) return;
      [this.channels, this.processes] = [channels, processes];
      this.changed(null);
    };
    const snapshot = (frame: Frame): void => { this.waiting.clear(); [channels, processes] = [new Set(), new Set()]; take(frame); };
    this.stream = new Stream({ snapshot, delta: take, state: () => {} }, { filter: this.filter });
  }
}

function apply(into: Set<string>, change: Change<{ id: string }> | null | undefined): void {
  for (const id of change?.gone ?? []) into.delete(id);
  for (const { id } of change?.set ?? []) into.add(id);
}
