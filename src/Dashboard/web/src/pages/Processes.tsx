import { Export } from '../parts/Export';
import { Empty, Loading } from '../parts/States';
import { Table } from '../parts/Table';
import { plural } from '../format/units';
import { change, href, processHref, useRoute } from '../state/route';
import { useStore } from '../state/store';
import { PROCESS_COLUMNS } from './columns';

const fields = PROCESS_COLUMNS.filter(column => column.value).map(column => ({ name: column.field ?? column.id, value: column.value! }));

export function Processes() {
  const store = useStore();
  const { query } = useRoute();
  const items = store.processes(query.get('agent'));
  if (!store.ready) return <Loading lines={12} />;
  return <section class="panel fill" aria-label="Processes">
    <header class="panel-head"><h2>{plural(items.length, 'process', 'processes')}</h2><span class="grow" />
      <Export of={{ name: 'processes', items: () => items, fields, promql: 'sum by (process) (rate(ipc_operations_total[1m]))' }} /></header>
    <Table label="Processes" columns={PROCESS_COLUMNS} items={items} itemKey={item => item.id} link={item => processHref(item.id)}
      sort={query.get('sort') ?? 'operations:down'} onSort={sort => change({ sort }, true)}
      empty={query.get('filter') ? <Empty title="No process matches the filter"><a href={href('/processes', { filter: '' })}>Remove the filter</a></Empty> : <Empty title="No process yet" />} />
  </section>;
}
