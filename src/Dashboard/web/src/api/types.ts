// The shapes of the dashboard server's API. Seconds and bytes; what is not known is left out or null.

export type Maybe<T> = T | null | undefined;

export interface Place { container?: Maybe<string>; pod?: Maybe<string>; namespace?: Maybe<string>; workload?: Maybe<string> }

export interface Sums { operations: number; errors: number; would_block: number; written_bytes: number; read_bytes: number }

export interface Rates {
  operations_per_second: number; written_bytes_per_second: number; read_bytes_per_second: number; errors_per_second: number;
  duration_p50_seconds?: Maybe<number>; duration_p99_seconds?: Maybe<number>;
  delivery_p50_seconds?: Maybe<number>; delivery_p99_seconds?: Maybe<number>;
  wait_full_seconds_per_second: number; wait_empty_seconds_per_second: number; wait_lock_seconds_per_second: number;
}

export interface Named { process: string; pid: number; process_id?: Maybe<string> }

export interface Wait extends Named {
  tid?: number; mechanism: string; operation: string; channel: string; channel_id?: Maybe<string>; reason: string;
  age_seconds: number; at_least?: boolean; waits_for?: Maybe<Named[]>;
}

export interface Endpoint extends Named, Place { direction: string; certainty: string }

export interface Queue { bytes?: Maybe<number>; messages?: Maybe<number>; limit?: Maybe<number>; high_water?: Maybe<number> }

export interface Item { id: string; agent: string }

export interface Channel extends Item, Sums, Rates {
  channel: string; mechanism: string; kind?: Maybe<string>; inode?: Maybe<number>; queue?: Maybe<Queue>; listening?: Maybe<boolean>;
  endpoints?: Maybe<Endpoint[]>; longest_wait?: Maybe<Wait>;
}

export interface Flow extends Named {
  operation: string; via?: Maybe<string>; detail?: Maybe<string>; operations: number; bytes: number; errors: number; would_block: number;
}

export interface Distribution { bounds_seconds?: number[]; bounds_bytes?: number[]; counts: number[] }

export interface ChannelDetail extends Channel {
  flows?: Maybe<Flow[]>; errors_by_name?: Maybe<Record<string, number>>;
  duration?: Maybe<Distribution>; size?: Maybe<Distribution>; delivery?: Maybe<Distribution>;
  waits?: Maybe<{ full_seconds: number; empty_seconds: number; lock_seconds: number }>; waiting?: Maybe<Wait[]>;
}

export interface Process extends Item, Place, Sums, Rates, Named {
  executable?: Maybe<string>; user?: Maybe<string>; cgroup?: Maybe<string | number>;
  mechanisms?: Maybe<string[]>; channels?: Maybe<number>; longest_wait?: Maybe<Wait>;
}

export interface ProcessDetail extends Process { channel_ids?: Maybe<string[]>; waits?: Maybe<Wait[]>; waited_for_by?: Maybe<Wait[]> }

export interface IpcObject extends Item {
  object: string; mechanism: string; kind: string; key?: number; inode?: number; owner: string; uid: number; mode?: string;
  messages?: number; messages_limit?: number; bytes?: number; bytes_limit?: number; size_bytes?: number; resident_bytes?: number;
  attachments?: number; waiters?: number; semaphores?: number; values?: number[];
  created?: string; exists_since?: string; last_used?: string; state: string; place: string; creator_pid?: number; last_pids?: number[];
  users?: { process: string; pid: number; descriptors: number; mapped_bytes: number }[];
}

export interface GraphNode extends Item, Place { kind: string; name: string; pid?: Maybe<number>; process_id?: Maybe<string> }

export interface GraphEdge extends Item {
  source: string; destination: string; mechanism: string; operations: number; bytes: number;
  operations_per_second: number; bytes_per_second: number; delivery_p99_seconds?: Maybe<number>; wait_share?: Maybe<number>;
  certainty: string; channel_ids?: Maybe<string[]>;
}

export type Severity = 'critical' | 'warning' | 'info';

export interface Finding extends Item {
  rule: string; severity: Severity; summary: string; since?: Maybe<string>; age_seconds?: Maybe<number>; at_least?: Maybe<boolean>;
  evidence?: Maybe<string[]>; effect?: Maybe<string>; advice?: Maybe<string>;
  culprits?: Maybe<Named[]>; channel_ids?: Maybe<string[]>; process_ids?: Maybe<string[]>;
}

export interface Health extends Partial<Sums> {
  time: string; node: string; version: string; kernel: string; architecture: string; started: string; interval_seconds: number; ready: boolean;
  mode: string; attachment?: Maybe<string>; programs?: Maybe<number>; flows?: Maybe<number>; flows_limit?: Maybe<number>;
  channels?: Maybe<number>; processes?: Maybe<number>; operations_per_second?: Maybe<number>;
  losses?: Maybe<{ stage: string; cause: string; count: number }[]>;
  stages?: Maybe<{ stage: string; seen: number; counted: number; lost: number; unexplained: number }[]>;
  cost?: Maybe<{ cpu_seconds?: Maybe<number>; cpu_share?: Maybe<number>; resident_bytes?: Maybe<number>; program_share?: Maybe<number> }>;
  viewers?: Maybe<number>; missing?: Maybe<{ what: string; effect: string }[]>;
}

export interface Agent {
  agent: string; address?: Maybe<string>; state: 'connecting' | 'live' | 'stale' | 'gone'; since?: Maybe<string>; last_seen?: Maybe<string>;
  lag_seconds?: Maybe<number>; error?: Maybe<string>; health?: Maybe<Health>;
}

export interface Change<T> { set?: Maybe<T[]>; gone?: Maybe<string[]> }

export interface Frame {
  schema: number; time: string; interval_seconds: number;
  agents?: Maybe<Change<Agent>>; channels?: Maybe<Change<Channel>>; processes?: Maybe<Change<Process>>;
  nodes?: Maybe<Change<GraphNode>>; edges?: Maybe<Change<GraphEdge>>; findings?: Maybe<Change<Finding>>;
  latency?: Maybe<{ mechanism: string; counts: number[] }[]>; latency_bounds_seconds?: Maybe<number[]>;
}

export interface Page<T> { total: number; offset: number; limit: number; items: T[] }

export interface History { source: string; promql?: Maybe<string>; series: { labels: Record<string, string>; points: [number, number][] }[] }

export interface HeatColumns { bounds_seconds: number[]; columns: { time: string; counts: number[] }[] }

export interface Operation extends Named {
  time: string; mechanism: string; operation: string; channel: string; peer?: string; size_bytes?: number; duration_seconds?: number;
  wait_seconds?: number; wait_reason?: string; error?: string;
}
