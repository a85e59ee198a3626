import type { Channel, Endpoint } from '../../api/types';
import { Table, type Column } from '../../parts/Table';
import { place } from '../columns';
import { Who } from '../WaitTable';

const ARROWS: Record<string, string> = { write: '→', read: '←', both: '↔', none: '·' };

export function EndpointTable({ channel }: { channel: Channel }) {
  const columns: Column<Endpoint>[] = [
    { id: 'process', title: 'Process', width: 'minmax(8rem, 1.4fr)', cell: end => <Who of={end} agent={channel.agent} />, value: end => end.process },
    { id: 'direction', title: 'Direction', width: '5.5rem', cell: end => <><span class="direction" aria-hidden="true">{ARROWS[end.direction] ?? ''}</span> {end.direction}</>, value: end => end.direction },
    { id: 'certainty', title: 'Known', width: '5rem', cell: end => <span class={`certainty ${end.certainty}`}>{end.certainty}</span>, value: end => end.certainty },
    { id: 'place', title: 'Container or pod', width: 'minmax(6rem, 1fr)', least: 480, cell: end => <span title={place(end)}>{place(end) || 'host'}</span>, value: place },
  ];
  return <Table label="Endpoints" columns={columns} items={channel.endpoints ?? []} itemKey={end => `${end.pid}/${end.direction}`} height={220} empty="Nobody has it open." />;
}
