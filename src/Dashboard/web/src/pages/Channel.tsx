import type { ChannelDetail } from '../api/types';
import { idPath } from '../api/client';
import { and, equals } from '../filter/expression';
import { bytes, bytesRate, duration, exact, rate, waiting } from '../format/units';
import { Histogram } from '../parts/Histogram';
import { Icon } from '../parts/Icon';
import { Mechanism } from '../parts/Mark';
import { Stat } from '../parts/Stat';
import { Empty, Failed, Loading } from '../parts/States';
import { change, href, useRoute } from '../state/route';
import { useRemote } from '../state/remote';
import { useStore } from '../state/store';
import { EndpointTable } from './channel/EndpointTable';
import { Errors, FlowTable } from './channel/FlowTable';
import { Operations } from './channel/Operations';
import { Waits } from './channel/Waits';
import { blocked, queue } from './columns';
import { HistoryChart } from './HistoryChart';
import { WaitTable } from './WaitTable';

export function Channel({ id }: { id: string }) {
  const { model, paused } = useStore();
  const { query } = useRoute();
  const { data, problem, loading } = useRemote<ChannelDetail>(`channels/${idPath(id)}`, {}, paused ? 0 : 1_000);
  const live = model.channels.get(id) ?? data;
  if (!live) return loading ? <Loading lines={12} /> : problem && problem.status !== 404 ? <Failed problem={problem} what="The channel" />
    : <Empty title="This channel is gone">Both ends have closed it, or the agent that knew it does not answer. <a href={href('/channels')}>All channels</a></Empty>;
  const detail = data ?? live as ChannelDetail;
  const selector = `mechanism="${live.mechanism}"`;
  return <div class="detail">
    <header class="detail-head"><a class="back" href={href('/channels')}><Icon name="back" />Channels</a>
      <h2 class="hostile">{live.channel || '(no name)'}</h2><Mechanism name={live.mechanism} /><span class="note">{live.listening ? 'listening · ' : ''}{live.inode ? `inode ${live.inode} · ` : ''}{live.agent}</span><span class="grow" />
      <button type="button" onClick={() => change({ filter: and(query.get('filter') ?? '', equals('channel', live.channel)) })}><Icon name="filter" />Filter on it</button>
      <a class="button" href={href('/topology', { selected: `channel:${id}` })}><Icon name="topology" />On the map</a></header>
    {problem && data ? <div class="notice warning">{problem.status === 404 ? 'This channel is gone; these are its last figures.' : problem.message}</div> : null}
    <div class="stats many">
      <Stat name="Operations" value={`${rate(live.operations_per_second)}/s`} note={`${exact(live.operations)} so far`} trend={model.ring(id)?.list() ?? []} />
      <Stat name="Written" value={bytesRate(live.written_bytes_per_second)} note={`${bytes(live.written_bytes)} so far`} />
      <Stat name="Read" value={bytesRate(live.read_bytes_per_second)} note={`${bytes(live.read_bytes)} so far`} />
      <Stat name="Duration p99" value={duration(live.duration_p99_seconds)} note={`p50 ${duration(live.duration_p50_seconds)}`} />
      <Stat name="In the queue p99" value={duration(live.delivery_p99_seconds)} note={`p50 ${duration(live.delivery_p50_seconds)}`} />
      <Stat name="Waiting" value={waiting(blocked(live))} note="for room or a lock" tone={blocked(live) > 0.2 ? 'warning' : ''} />
      <Stat name="Errors" value={exact(live.errors)} note={`${exact(live.would_block)} would have blocked`} tone={live.errors ? 'critical' : ''} />
      {live.queue ? <Stat name="Queue" value={queue(live)} note={`limit ${live.queue.messages !== null && live.queue.messages !== undefined ? exact(live.queue.limit) : bytes(live.queue.limit)}${live.queue.high_water ? `, was ${live.queue.messages !== null && live.queue.messages !== undefined ? exact(live.queue.high_water) : bytes(live.queue.high_water)}` : ''}`} /> : null}
    </div>
    <div class="columns">
      <section class="panel" aria-label="Endpoints"><header class="panel-head"><h2>Who has it open</h2><span class="note">{live.endpoints?.length ?? 0}</span></header><EndpointTable channel={live} /></section>
      <section class="panel" aria-label="Waiting now"><header class="panel-head"><h2>Who waits now</h2></header>
        <WaitTable label="Waiting now" known="channel" waits={detail.waiting ?? (live.longest_wait ? [live.longest_wait] : [])} agent={live.agent} empty="Nobody waits in a call on it." /></section>
      <HistoryChart id="history-operations" title="Operations a second" metric="operations" of={{ channel: id }} format={rate} />
      <HistoryChart id="history-p99" title="Duration p99" metric="duration_p99" of={{ channel: id }} format={duration} />
      <Histogram id="durations" title="How long operations take" of={detail.duration} unit="seconds" promql={`histogram_quantile(0.99, sum by (le) (rate(ipc_operation_duration_seconds_bucket{${selector}}[1m])))`} />
      <Histogram id="sizes" title="How much they move" of={detail.size} unit="bytes" promql={`sum by (le) (rate(ipc_operation_size_bytes_bucket{${selector}}[1m]))`} />
      <Waits waits={detail.waits} /><Errors errors={detail.errors_by_name} />
      {detail.flows?.length ? <FlowTable flows={detail.flows} agent={live.agent} /> : null}
      <Operations channel={live} />
    </div>
  </div>;
}
