import type { Agent } from '../api/types';
import { bytes, count, duration, exact, plural, share, since, when } from '../format/units';
import { Export } from '../parts/Export';
import { Icon } from '../parts/Icon';
import { StateMark } from '../parts/Mark';
import { Empty, Loading } from '../parts/States';
import { Table, type Column } from '../parts/Table';
import { change, go, href, useRoute } from '../state/route';
import { useStore } from '../state/store';
import { lostOf } from './overview/AgentsPanel';

const COLUMNS: readonly Column<Agent>[] = [
  { id: 'agent', title: 'Agent', width: 'minmax(6rem, 1.4fr)', cell: one => <span title={one.address ?? ''}>{one.agent}</span>, value: one => one.agent },
  { id: 'state', title: 'State', width: '6.5rem', cell: one => <StateMark state={one.state} />, value: one => one.state },
  { id: 'operations', title: 'Ops/s', field: 'operations_per_second', width: '4.5rem', number: true, least: 420, cell: one => count(one.health?.operations_per_second), value: one => one.health?.operations_per_second },
  { id: 'lost', title: 'Lost', field: 'lost_operations', width: '4.5rem', number: true, cell: one => <span class={lostOf(one) ? 'tone-warning' : ''}>{exact(lostOf(one))}</span>, value: lostOf },
  { id: 'cpu', title: 'CPU', field: 'cpu_share', width: '4.5rem', number: true, least: 560, cell: one => share(one.health?.cost?.cpu_share), value: one => one.health?.cost?.cpu_share },
  { id: 'memory', title: 'Memory', field: 'resident_bytes', width: '5.5rem', number: true, least: 660, cell: one => bytes(one.health?.cost?.resident_bytes), value: one => one.health?.cost?.resident_bytes },
  { id: 'programs', title: 'In the kernel', field: 'program_share', width: '6rem', number: true, least: 1200, cell: one => share(one.health?.cost?.program_share), value: one => one.health?.cost?.program_share },
  { id: 'channels', title: 'Channels', width: '5.5rem', number: true, least: 900, cell: one => exact(one.health?.channels), value: one => one.health?.channels },
  { id: 'processes', title: 'Processes', width: '5.5rem', number: true, least: 900, cell: one => exact(one.health?.processes), value: one => one.health?.processes },
  { id: 'flows', title: 'Flows', width: '8rem', number: true, least: 1340, cell: one => one.health?.flows !== undefined ? `${exact(one.health.flows)}/${exact(one.health.flows_limit)}` : '–', value: one => one.health?.flows },
  { id: 'version', title: 'Version', width: 'minmax(5rem, 8rem)', least: 840, cell: one => <span title={one.health?.version}>{one.health?.version ?? '–'}</span>, value: one => one.health?.version },
  { id: 'kernel', title: 'Kernel', width: 'minmax(6rem, 1fr)', least: 1080, cell: one => <span title={one.health?.kernel}>{one.health?.kernel ?? '–'}</span>, value: one => one.health?.kernel },
  { id: 'lag', title: 'Lag', field: 'lag_seconds', width: '4.5rem', number: true, least: 760, cell: one => duration(one.lag_seconds), value: one => one.lag_seconds },
];

const FIELDS = COLUMNS.map(column => ({ name: column.field ?? column.id, value: column.value! }));

export function Fleet({ id }: { id: string }) {
  const { model } = useStore();
  const { query } = useRoute();
  if (!model.time) return <Loading lines={8} />;
  const agents = [...model.agents.values()].sort((a, b) => a.agent.localeCompare(b.agent, 'en', { numeric: true }));
  const chosen = model.agents.get(id);
  return <div class={`split ${id ? 'open' : ''}`}>
    <section class="panel fill" aria-label="Agents"><header class="panel-head"><h2>{plural(agents.length, 'agent')}</h2><span class="note">{agents.filter(({ state }) => state === 'live').length} live</span><span class="grow" /><Export of={{ name: 'fleet', items: () => agents, fields: FIELDS, promql: 'sum by (instance) (rate(ipcscope_lost_total[5m]))' }} /></header>
      <Table label="Agents" columns={COLUMNS} items={agents} itemKey={one => one.agent} selected={id} onSelect={one => go(href(`/fleet/${encodeURIComponent(one.agent)}`))} sort={query.get('sort') ?? ''} onSort={sort => change({ sort }, true)}
        empty={<Empty title="No agent is known">Start one with <code>sudo ipcscope run</code>.</Empty>} /></section>
    {id ? <aside class="panel detail-panel" aria-label="Agent">{chosen ? <Detail agent={chosen} /> : <Empty title="No such agent"><a href={href('/fleet')}>All agents</a></Empty>}</aside> : null}
  </div>;
}

function Detail({ agent }: { agent: Agent }) {
  const { health } = agent;
  const facts: [string, string][] = [['Address', agent.address ?? '–'], ['Since', when(agent.since)], ['Last heard', when(agent.last_seen)]];
  if (health) facts.push(['Node', health.node], ['Version', health.version], ['Kernel', `${health.kernel} ${health.architecture}`], ['Running for', since(health.started)], ['Counts in', health.mode], ['Attached by', health.attachment ?? '–'],
    ['Programs', exact(health.programs)], ['Interval', duration(health.interval_seconds)], ['Operations so far', exact(health.operations)], ['CPU so far', duration(health.cost?.cpu_seconds)], ['Viewers', exact(health.viewers)]);
  return <><header class="panel-head"><h2>{agent.agent}</h2><StateMark state={agent.state} /><span class="grow" /><a class="button quiet" href={href('/fleet')} aria-label="Close"><Icon name="close" /></a></header>
    <div class="prose">
      {agent.error ? <div class="notice warning">{agent.error}</div> : null}
      <p><button type="button" onClick={() => go(href('/', { agent: agent.agent }))}><Icon name="overview" />Only this agent</button></p>
      <dl class="facts">{facts.map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl>
      {health?.missing?.length ? <><h3>What is missing</h3><ul>{health.missing.map(({ what, effect }) => <li key={what}><strong>{what}:</strong> {effect}</li>)}</ul></> : null}
      <h3>Ledger</h3>
      {health?.stages?.length ? <table class="plain"><thead><tr><th>Stage</th><th class="number">Seen</th><th class="number">Counted</th><th class="number">Lost</th><th class="number">Unexplained</th></tr></thead>
        <tbody>{health.stages.map(stage => <tr key={stage.stage}><td>{stage.stage}</td><td class="number">{exact(stage.seen)}</td><td class="number">{exact(stage.counted)}</td><td class="number">{exact(stage.lost)}</td><td class="number">{exact(stage.unexplained)}</td></tr>)}</tbody></table> : <p class="note">The agent has not told it.</p>}
      <h3>Lost</h3>
      {health?.losses?.some(({ count: lost }) => lost > 0) ? <table class="plain"><thead><tr><th>Stage</th><th>Cause</th><th class="number">Operations</th></tr></thead><tbody>{health.losses.filter(({ count: lost }) => lost > 0).map(loss => <tr key={loss.stage + loss.cause}><td>{loss.stage}</td><td>{loss.cause}</td><td class="number">{exact(loss.count)}</td></tr>)}</tbody></table> : <p>Nothing was lost.</p>}
    </div></>;
}
