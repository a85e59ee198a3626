import { Loading } from '../parts/States';
import { Table } from '../parts/Table';
import { channelHref, href, useRoute } from '../state/route';
import { ofAgent, useStore } from '../state/store';
import { CHANNEL_COLUMNS } from './columns';
import { AgentsPanel } from './overview/AgentsPanel';
import { movers } from './overview/movers';
import { Totals } from './overview/Totals';
import { TotalsChart } from './overview/TotalsChart';
import { Verdicts } from './overview/Verdicts';

const SHOWN = new Set(['name', 'ends', 'mechanism', 'operations', 'trend', 'duration', 'wait']);
const COLUMNS = CHANNEL_COLUMNS.filter(column => SHOWN.has(column.id));

export function Overview() {
  const store = useStore();
  const { model } = store;
  const { query } = useRoute();
  if (!store.ready) return <Loading lines={14} />;
  const agent = query.get('agent');
  const channels = store.channels(agent);
  return <div class="overview">
    <Verdicts store={store} agent={agent} />
    <Totals model={model} channels={channels} agent={agent} part={agent !== null || query.has('filter')} />
    <div class="columns">
      <TotalsChart model={model} />
      <section class="panel" aria-label="Top movers"><header class="panel-head"><h2>Top movers</h2><span class="note">changed most against the last minute</span><span class="grow" /><a href={href('/channels')}>All channels</a></header>
        <Table label="Top movers" columns={COLUMNS} items={movers(channels, model)} itemKey={item => item.id} link={item => channelHref(item.id)} height={292} empty="No channel moves." /></section>
    </div>
    <AgentsPanel agents={ofAgent(model.agents.values(), agent)} />
  </div>;
}
