import type { Severity } from '../api/types';

/** What a mechanism is a kind of: a shape and a colour, so that neither alone has to be seen. */
export type Family = 'pipe' | 'unix' | 'net' | 'queue' | 'memory' | 'lock' | 'signal' | 'other';

export function family(mechanism: string): Family {
  if (/^(pipe|fifo|pty)/.test(mechanism)) return 'pipe';
  if (/^unix/.test(mechanism)) return 'unix';
  if (/^(tcp|udp|vsock|netlink|sctp|raw|inet)/.test(mechanism)) return 'net';
  if (/^(mq|sysv_msg)/.test(mechanism)) return 'queue';
  if (/(shm|map|memfd|process_vm)/.test(mechanism)) return 'memory';
  if (/(sem|futex|lock|eventfd)/.test(mechanism)) return 'lock';
  if (/(signal|pidfd)/.test(mechanism)) return 'signal';
  return 'other';
}

export const SHAPES: Record<Family, string> = {
  pipe: 'M1 4.5h10v3H1z', // a tube
  unix: 'M6 0.5 11.5 6 6 11.5 0.5 6z', // a diamond
  net: 'M6 1 11.5 11h-11z', // a triangle
  queue: 'M1 1.5h10v2.4H1zM1 4.9h10v2.4H1zM1 8.3h10v2.4H1z', // a stack
  memory: 'M1 1h10v10H1z', // a square
  lock: 'M4.2 1h3.6v3.2h3.2v3.6H7.8V11H4.2V7.8H1V4.2h3.2z', // a cross
  signal: 'M6 0.5 7.6 4.3 11.7 4.6 8.6 7.3 9.6 11.3 6 9.1 2.4 11.3 3.4 7.3 0.3 4.6 4.4 4.3z', // a star
  other: 'M6 1.5a4.5 4.5 0 1 0 0.01 0z', // a disc
};

export function Mechanism({ name }: { name: string }) {
  const kind = family(name);
  return <span class="mechanism"><svg class={`mark family-${kind}`} viewBox="0 0 12 12" aria-hidden="true"><path d={SHAPES[kind]} /></svg>{name}</span>;
}

const SEVERITIES: Record<Severity, string> = {
  critical: 'M4 0.5h4L11.5 4v4L8 11.5H4L0.5 8V4z', // an octagon, as of a stop sign
  warning: SHAPES.net,
  info: SHAPES.other,
};

export function SeverityMark({ severity, text = true }: { severity: Severity; text?: boolean }) {
  return <span class={`severity ${severity}`}><svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><path d={SEVERITIES[severity]} /></svg>
    <span class={text ? '' : 'hidden'}>{severity}</span></span>;
}

export function StateMark({ state }: { state: string }) {
  const tone = state === 'live' ? 'good' : state === 'stale' ? 'warning' : state === 'gone' ? 'critical' : 'info';
  return <span class={`state ${tone}`}><svg class="mark" viewBox="0 0 12 12" aria-hidden="true">
    <path d={tone === 'good' ? SHAPES.other : tone === 'warning' ? SHAPES.net : tone === 'critical' ? SEVERITIES.critical : SHAPES.unix} /></svg>{state}</span>;
}
