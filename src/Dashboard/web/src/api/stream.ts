import { get, Problem, url } from './client';
import type { Frame } from './types';

export type Connection = 'connecting' | 'live' | 'stale' | 'lost' | 'denied' | 'paused';

interface Events {
  snapshot(frame: Frame): void;
  delta(frame: Frame): void;
  state(state: Connection): void;
}

const STALE_AFTER = 5_000; // ms; the server sends something every second
const LATE = 1_000; // ms
const RETRY = [500, 1_000, 2_000, 5_000]; // ms

/** The live connection: one at a time, opened again when it breaks, until it is closed. */
export class Stream {
  private source: EventSource | null = null;
  private timer = 0;
  private attempt = 0;
  private closed = false;
  private last = 0;
  private due = 0; // when it is looked whether something came

  constructor(private readonly events: Events, private readonly query: Record<string, string> = {}) {
    events.state('connecting');
    void this.open();
  }

  close(): void {
    this.closed = true;
    this.source?.close();
    clearTimeout(this.timer);
  }

  private async open(): Promise<void> {
    try {
      await get('agents'); // an event source cannot say why it was refused
    } catch (error) {
      if (this.closed || !(error instanceof Problem)) return;
      if (error.status === 401 || error.status === 403) return this.events.state('denied');
      return this.again();
    }
    if (this.closed) return;
    const source = new EventSource(url('stream', this.query));
    this.source = source;
    source.addEventListener('snapshot', event => this.receive(event, frame => this.events.snapshot(frame)));
    source.addEventListener('delta', event => this.receive(event, frame => this.events.delta(frame)));
    source.onerror = () => { source.close(); this.again(); };
  }

  private receive(event: Event, apply: (frame: Frame) => void): void {
    if (this.closed) return;
    this.attempt = 0;
    this.last = Date.now();
    this.events.state('live');
    apply(JSON.parse((event as MessageEvent<string>).data) as Frame);
    this.wait(STALE_AFTER);
  }

  private wait(time: number): void {
    clearTimeout(this.timer);
    this.due = Date.now() + time;
    this.timer = window.setTimeout(() => this.watch(), time);
  }

  private watch(): void {
    if (this.closed) return;
    // A page that was busy itself finds what came meanwhile behind this call.
    if (Date.now() - this.due > LATE) return this.wait(LATE);
    if (Date.now() - this.last > 4 * STALE_AFTER) { this.source?.close(); return this.again(); }
    this.events.state('stale');
    this.wait(STALE_AFTER);
  }

  private again(): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.events.state('lost');
    this.timer = window.setTimeout(() => void this.open(), RETRY[Math.min(this.attempt++, RETRY.length - 1)]);
  }
}
