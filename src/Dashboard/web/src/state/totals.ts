import type { Channel } from '../api/types';

/** What all channels do together, by mechanism, at one time. */
export interface Total {
  time: number; operations: number; bytes: number; errors: number; full: number; lock: number; empty: number; mechanisms: Map<string, number>;
}

export function total(time: number, channels: Iterable<Channel>): Total {
  const sum: Total = { time, operations: 0, bytes: 0, errors: 0, full: 0, lock: 0, empty: 0, mechanisms: new Map() };
  for (const channel of channels) {
    sum.operations += channel.operations_per_second;
    sum.bytes += channel.written_bytes_per_second;
    sum.errors += channel.errors_per_second;
    sum.full += channel.wait_full_seconds_per_second;
    sum.lock += channel.wait_lock_seconds_per_second;
    sum.empty += channel.wait_empty_seconds_per_second;
    sum.mechanisms.set(channel.mechanism, (sum.mechanisms.get(channel.mechanism) ?? 0) + channel.operations_per_second);
  }
  return sum;
}
