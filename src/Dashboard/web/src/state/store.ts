import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../api/client';
import { Stream, type Connection } from '../api/stream';
import { Model } from './model';
import { onRoute, route } from './route';

/** The one store: the stream writes it, the pages read it, once a frame of the screen at most. */
class Store {
  readonly model = new Model();
  connection: Connection = 'connecting';
  problem: Problem | null = null; // of the filter
  paused = false;
  private stream: Stream | null = null;
  private filter: string | null = null;
  private readonly listeners = new Set<() => void>();
  private asked = 0;

  start(): void {
    this.follow();
    onRoute(() => this.follow());
  }

  pause(on: boolean): void {
    this.paused = on;
    this.filter = null;
    this.follow();
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Opens the stream that the address asks for, unless it is open. */
  private follow(): void {
    const filter = route().query.get('filter') ?? '';
    if (filter === this.filter) return;
    this.filter = filter;
    this.stream?.close();
    this.stream = null;
    this.problem = null;
    if (this.paused) return this.set('paused');
    this.stream = new Stream(filter, {
      snapshot: frame => { this.model.snapshot(frame); this.changed(); },
      delta: frame => { this.model.delta(frame); this.changed(); },
      state: state => this.set(state),
      filterProblem: problem => { this.problem = problem; this.changed(); },
    });
  }

  private set(state: Connection): void {
    if (state === this.connection) return;
    this.connection = state;
    this.changed();
  }

  private changed(): void {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      for (const listener of [...this.listeners]) listener();
    });
  }
}

export const store = new Store();

/** Renders the caller again when the store has changed. */
export function useStore(): Store {
  const [, tick] = useState(0);
  useEffect(() => store.listen(() => tick(value => value + 1)), []);
  return store;
}

/** Items of the agent that is chosen, all without one. */
export function ofAgent<T extends { agent: string }>(items: Iterable<T>, agent: string | null): T[] {
  const all = [...items];
  return agent ? all.filter(item => item.agent === agent) : all;
}
