import type { Channel, ProcessDetail } from '../api/types';
import { idPath } from '../api/client';
import { and, equals } from '../filter/expression';
import { bytes, bytesRate, duration, exact, rate, waiting } from '../format/units';
import { Icon } from '../parts/Icon';
import { Stat } from '../parts/Stat';
import { Empty, Failed, Loading } from '../parts/States';
import { Table } from '../parts/Table';
import { change, channelHref, href, useRoute } from '../state/route';
import { useRemote } from '../state/remote';
import { useStore } from '../state/store';
import { blocked, CHANNEL_COLUMNS, place } from './columns';
import { HistoryChart } from './HistoryChart';
import { WaitTable } from './WaitTable';

const COLUMNS = CHANNEL_COLUMNS.filter(({ id }) => id !== 'agent');

export function Process({ id }: { id: string }) {
  const { model, paused } = useStore();
  const { query } = useRoute();
  const { data, problem, loading } = useRemote<ProcessDetail>(`processes/${idPath(id)}`, {}, paused ? 0 : 1_000);
  const live = model.processes.get(id) ?? data;
  if (!live) return loading ? <Loading lines={12} /> : problem && problem.status !== 404 ? <Failed problem={problem} what="The process" />
    : <Empty title="This process is gone">It has ended, or the agent that knew it does not answer. <a href={href('/processes')}>All processes</a></Empty>;
  const own = new Set((data?.channel_ids ?? []).map(one => one.startsWith(`${live.agent}/`) ? one : `${live.agent}/${one}`));
  const channels: Channel[] = [...model.channels.values()].filter(channel => own.has(channel.id) || channel.agent === live.agent && channel.endpoints?.some(end => end.pid === live.pid));
  return <div class="detail">
    <header class="detail-head"><a class="back" href={href('/processes')}><Icon name="back" />Processes</a>
      <h2 class="hostile">{live.process}<span class="pid">[{live.pid}]</span></h2>
      <span class="note">{[live.executable, live.user ? `user ${live.user}` : '', place(live), live.agent].filter(Boolean).join(' · ')}</span><span class="grow" />
      <button type="button" onClick={() => change({ filter: and(query.get('filter') ?? '', equals('process', live.process)) })}><Icon name="filter" />Filter on it</button>
      <a class="button" href={href('/topology', { selected: `process:${id}` })}><Icon name="topology" />On the map</a></header>
    {problem?.status === 404 && data ? <div class="notice warning">This process is gone; these are its last figures.</div> : null}
    <div class="stats">
      <Stat name="Operations" value={`${rate(live.operations_per_second)}/s`} note={`${exact(live.operations)} so far`} trend={model.ring(id)?.list() ?? []} />
      <Stat name="Written" value={bytesRate(live.written_bytes_per_second)} note={`${bytes(live.written_bytes)} so far`} />
      <Stat name="Read" value={bytesRate(live.read_bytes_per_second)} note={`${bytes(live.read_bytes)} so far`} />
      <Stat name="Duration p99" value={duration(live.duration_p99_seconds)} note={`p50 ${duration(live.duration_p50_seconds)}`} />
      <Stat name="Waiting" value={waiting(blocked(live))} note="for room or a lock" tone={blocked(live) > 0.2 ? 'warning' : ''} />
      <Stat name="Errors" value={exact(live.errors)} note={`${exact(live.would_block)} would have blocked`} tone={live.errors ? 'critical' : ''} />
    </div>
    <div class="columns">
      <section class="panel" aria-label="Whom it waits for"><header class="panel-head"><h2>Whom it waits for</h2></header><WaitTable label="Its waits" known="process" waits={data?.waits ?? (live.longest_wait ? [live.longest_wait] : [])} agent={live.agent} empty="It waits for nobody." /></section>
      <section class="panel" aria-label="Who waits for it"><header class="panel-head"><h2>Who waits for it</h2></header><WaitTable label="Waits on it" waits={data?.waited_for_by ?? []} agent={live.agent} empty="Nobody waits for it." /></section>
      <section class="panel wide" aria-label="Its channels"><header class="panel-head"><h2>Its channels</h2><span class="note">{exact(channels.length)}</span></header>
        <Table label="Its channels" columns={COLUMNS} items={channels} itemKey={item => item.id} link={item => channelHref(item.id)} sort={query.get('sort') ?? 'operations:down'} onSort={sort => change({ sort }, true)} height={360} empty="No channel of it is known." /></section>
      <HistoryChart id="history-operations" title="Operations a second" metric="operations" of={{ process: id }} format={rate} />
      <HistoryChart id="history-wait" title="Waiting" metric="wait" of={{ process: id }} format={waiting} />
    </div>
  </div>;
}
