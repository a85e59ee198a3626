import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../api/client';
import { Stream, type Connection } from '../api/stream';
import type { Channel, Finding, GraphEdge, GraphNode, IpcObject, Process } from '../api/types';
import { Matching } from './matching';
import { Model } from './model';
import { onRoute, route } from './route';

const filterOf = (): string => route().query.get('filter') ?? '';

/** An id with its agent before it; some parts of the answers leave it out. */
export const full = (agent: string, id: string): string => id.startsWith(`${agent}/`) ? id : `${agent}/${id}`;

/** The one store: the stream writes it, the pages read it, once a frame of the screen at most. */
export class Store {
  readonly model = new Model();
  connection: Connection = 'connecting';
  problem: Problem | null = null; // of the filter
  paused = false;
  private stream: Stream | null = null;
  private matching: Matching | null = null;
  private filter = '';
  private readonly listeners = new Set<() => void>();
  private asked = 0;

  start(): void {
    this.open();
    this.match();
    onRoute(() => { if (filterOf() !== this.filter) this.match(); });
  }

  pause(on: boolean): void {
    this.paused = on;
    this.open();
    this.match();
  }

  /** Whether there is something to show: a first frame, and what the filter lets through. */
  get ready(): boolean {
    return this.model.time > 0 && (this.matching === null || this.matching.channels !== null);
  }

  /** Channels that filter and agent let through. */
  channels(agent: string | null): Channel[] {
    return this.kept(this.model.channels.values(), agent, this.matching?.channels);
  }

  processes(agent: string | null): Process[] {
    return this.kept(this.model.processes.values(), agent, this.matching?.processes);
  }

  /** Objects that a process uses which the filter lets through: agents do not filter objects. */
  objects(all: readonly IpcObject[], agent: string | null): IpcObject[] {
    const some = ofAgent(all, agent);
    if (!this.matching) return some;
    const users = new Set(this.processes(agent).map(process => `${process.agent}/${process.pid}`));
    return some.filter(one => one.users?.some(user => users.has(`${one.agent}/${user.pid}`)));
  }

  edges(agent: string | null): GraphEdge[] {
    const all = ofAgent(this.model.edges.values(), agent);
    const ids = this.matching?.channels;
    return ids ? all.filter(edge => edge.channel_ids?.some(id => ids.has(full(edge.agent, id)))) : this.matching ? [] : all;
  }

  /** With a filter: those that an edge leads to. */
  nodes(agent: string | null): GraphNode[] {
    const all = ofAgent(this.model.nodes.values(), agent);
    if (!this.matching) return all;
    const ends = new Set(this.edges(agent).flatMap(edge => [edge.source, edge.destination]));
    return all.filter(node => ends.has(node.id));
  }

  findings(agent: string | null): Finding[] {
    const all = ofAgent(this.model.findings.values(), agent);
    const { channels, processes } = this.matching ?? {};
    if (!this.matching) return all;
    return all.filter(one => one.channel_ids?.some(id => channels?.has(full(one.agent, id))) || one.process_ids?.some(id => processes?.has(full(one.agent, id))));
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private kept<T extends { id: string; agent: string }>(items: Iterable<T>, agent: string | null, ids: ReadonlySet<string> | null | undefined): T[] {
    const all = ofAgent(items, agent);
    return ids ? all.filter(item => ids.has(item.id)) : this.matching ? [] : all;
  }

  private match(): void {
    this.filter = filterOf();
    this.matching?.close();
    this.problem = null;
    const before = this.matching;
    this.matching = this.filter && !this.paused ? new Matching(this.filter, problem => { this.problem = problem; this.changed(); }) : this.filter ? before : null;
    if (this.matching && before && this.matching !== before) [this.matching.channels, this.matching.processes] = [before.channels, before.processes];
    this.changed();
  }

  private open(): void {
    this.stream?.close();
    this.stream = null;
    if (this.paused) return this.set('paused');
    this.stream = new Stream({
      snapshot: frame => { this.model.snapshot(frame); this.changed(); },
      delta: frame => { this.model.delta(frame); this.changed(); },
      state: state => this.set(state),
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
