import type { Agent } from '../../api/types';
import { bytes, count, exact, share } from '../../format/units';
import { StateMark } from '../../parts/Mark';
import { href } from '../../state/route';

const SHOWN = 12;

export const lostOf = ({ health }: Agent): number => (health?.losses ?? []).reduce((sum, { count: lost }) => sum + lost, 0);

/** Is what is shown complete, and what does it cost? */
export function AgentsPanel({ agents }: { agents: readonly Agent[] }) {
  const order = [...agents].sort((a, b) => Number(a.state === 'live') - Number(b.state === 'live') || lostOf(b) - lostOf(a) || a.agent.localeCompare(b.agent));
  return <section class="panel" aria-label="Agents"><header class="panel-head"><h2>Agents</h2><span class="note">{agents.filter(({ state }) => state === 'live').length} of {agents.length} live</span><span class="grow" /><a href={href('/fleet')}>Fleet</a></header>
    <ul class="agents">{order.slice(0, SHOWN).map(agent => <li key={agent.agent}>
      <a href={href(`/fleet/${encodeURIComponent(agent.agent)}`)}>{agent.agent}</a><StateMark state={agent.state} />
      <span class="note">{agent.health ? <>{count(agent.health.operations_per_second)} ops/s · {exact(lostOf(agent))} lost · {share(agent.health.cost?.cpu_share)} CPU · {bytes(agent.health.cost?.resident_bytes)}</> : agent.error ?? 'no answer yet'}</span>
    </li>)}</ul></section>;
}
