import { Export } from '../parts/Export';
import { Empty, Loading } from '../parts/States';
import { Table } from '../parts/Table';
import { plural } from '../format/units';
import { change, channelHref, href, useRoute } from '../state/route';
import { useStore } from '../state/store';
import { CHANNEL_COLUMNS } from './columns';

const fields = CHANNEL_COLUMNS.filter(column => column.value).map(column => ({ name: column.field ?? column.id, value: column.value! }));

export function Channels() {
  const store = useStore();
  const { query } = useRoute();
  const items = store.channels(query.get('agent'));
  if (!store.ready) return <Loading lines={12} />;
  return <section class="panel fill" aria-label="Channels">
    <header class="panel-head"><h2>{plural(items.length, 'channel')}</h2><span class="note">busiest first unless a heading is chosen</span><span class="grow" />
      <Export of={{ name: 'channels', items: () => items, fields, promql: 'topk(20, sum by (mechanism, process) (rate(ipc_operations_total[1m])))' }} /></header>
    <Table label="Channels" columns={CHANNEL_COLUMNS} items={items} itemKey={item => item.id} link={item => channelHref(item.id)}
      sort={query.get('sort') ?? 'operations:down'} onSort={sort => change({ sort }, true)}
      empty={query.get('filter') ? <Empty title="No channel matches the filter"><a href={href('/channels', { filter: '' })}>Remove the filter</a></Empty> : <Empty title="No channel yet">They appear as soon as two processes talk to each other.</Empty>} />
  </section>;
}
