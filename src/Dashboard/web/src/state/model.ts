import type { Agent, Change, Channel, Finding, Frame, GraphEdge, GraphNode, Process } from '../api/types';
import { Ring } from './ring';
import { total, type Total } from './totals';

const REMEMBERED = 60; // frames of one channel or process
const TOTALS = 900; // frames of all together: 15 minutes

/** A column of the heatmap: how many operations of each mechanism took how long in one interval. */
export interface LatencyColumn { time: number; counts: Map<string, number[]> }

/** What one channel or process did at one time (Unix seconds). */
export interface Step { time: number; item: Channel | Process }

const TRAILS = 12; // channels and processes that were looked at last

/** The latest state, as the stream tells it: a snapshot, then what differs. */
export class Model {
  agents = new Map<string, Agent>();
  channels = new Map<string, Channel>();
  processes = new Map<string, Process>();
  nodes = new Map<string, GraphNode>();
  edges = new Map<string, GraphEdge>();
  findings = new Map<string, Finding>();
  totals: Total[] = [];
  latency: LatencyColumn[] = [];
  bounds: number[] = [];
  time = 0; // ms, of the last frame; 0: none yet
  interval = 1; // seconds
  private rings = new Map<string, Ring>();
  private trails = new Map<string, Step[]>();

  snapshot(frame: Frame): void {
    this.channels.clear();
    this.processes.clear();
    this.nodes.clear();
    this.edges.clear();
    this.findings.clear();
    this.agents.clear();
    this.bounds = frame.latency_bounds_seconds ?? this.bounds;
    this.delta(frame);
    for (const id of this.rings.keys()) if (!this.channels.has(id) && !this.processes.has(id)) this.rings.delete(id);
  }

  delta(frame: Frame): void {
    this.time = Date.parse(frame.time);
    this.interval = frame.interval_seconds || 1;
    apply(this.agents, frame.agents, agent => agent.agent);
    apply(this.channels, frame.channels, item => item.id);
    apply(this.processes, frame.processes, item => item.id);
    apply(this.nodes, frame.nodes, item => item.id);
    apply(this.edges, frame.edges, item => item.id);
    apply(this.findings, frame.findings, item => item.id);
    for (const id of [...frame.channels?.gone ?? [], ...frame.processes?.gone ?? []]) this.rings.delete(id);
    this.remember(frame);
  }

  /** The last figures of a channel or process: operations a second. */
  ring(id: string): Ring | undefined {
    return this.rings.get(id);
  }

  /** What was seen of it since it was first asked for, fifteen minutes at most: the server remembers no single ones. */
  trail(id: string): readonly Step[] {
    let steps = this.trails.get(id);
    if (!steps) {
      this.trails.set(id, steps = []);
      if (this.trails.size > TRAILS) this.trails.delete(this.trails.keys().next().value as string);
    }
    return steps;
  }

  private remember(frame: Frame): void {
    for (const [id, steps] of this.trails) {
      const item = this.channels.get(id) ?? this.processes.get(id);
      if (item) steps.push({ time: this.time / 1000, item });
      if (steps.length > TOTALS) steps.shift();
    }
    for (const items of [this.channels, this.processes]) {
      for (const item of items.values()) {
        let ring = this.rings.get(item.id);
        if (!ring && item.operations_per_second > 0) this.rings.set(item.id, ring = new Ring(REMEMBERED));
        ring?.push(item.operations_per_second);
      }
    }
    this.totals.push(total(this.time, this.channels.values()));
    if (this.totals.length > TOTALS) this.totals.shift();
    if (frame.latency) this.latency.push({ time: this.time, counts: new Map(frame.latency.map(({ mechanism, counts }) => [mechanism, counts])) });
    if (this.latency.length > TOTALS) this.latency.shift();
  }
}

function apply<T>(into: Map<string, T>, change: Change<T> | null | undefined, key: (item: T) => string): void {
  for (const id of change?.gone ?? []) into.delete(id);
  for (const item of change?.set ?? []) into.set(key(item), item);
}
