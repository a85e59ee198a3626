import type { Flow } from '../../api/types';
import { bytes, exact } from '../../format/units';
import { Table, type Column } from '../../parts/Table';
import { Who } from '../WaitTable';

export function FlowTable({ flows, agent }: { flows: readonly Flow[]; agent: string }) {
  const columns: Column<Flow>[] = [
    { id: 'process', title: 'Process', width: 'minmax(8rem, 1.4fr)', cell: flow => <Who of={flow} agent={agent} />, value: flow => flow.process },
    { id: 'operation', title: 'Operation', width: 'minmax(5rem, 1fr)', cell: flow => [flow.operation, flow.via && flow.via !== 'syscall' ? flow.via : '', flow.detail].filter(Boolean).join(' · '), value: flow => flow.operation },
    { id: 'operations', title: 'Operations', width: '7rem', number: true, cell: flow => exact(flow.operations), value: flow => flow.operations },
    { id: 'bytes', title: 'Bytes', width: '5.5rem', number: true, cell: flow => bytes(flow.bytes), value: flow => flow.bytes },
    { id: 'errors', title: 'Errors', width: '4.5rem', number: true, least: 420, cell: flow => exact(flow.errors), value: flow => flow.errors },
    { id: 'would_block', title: 'Would block', width: '6rem', number: true, least: 520, cell: flow => exact(flow.would_block), value: flow => flow.would_block },
  ];
  return <section class="panel" aria-label="Who does what"><header class="panel-head"><h2>Who does what</h2><span class="note">since the agent saw it first</span></header>
    <Table label="Who does what" columns={columns} items={flows} itemKey={flow => `${flow.pid}/${flow.operation}/${flow.via ?? ''}/${flow.detail ?? ''}`} height={220} /></section>;
}

export function Errors({ errors }: { errors: Record<string, number> | null | undefined }) {
  const all = Object.entries(errors ?? {});
  const columns: Column<[string, number]>[] = [
    { id: 'error', title: 'Error', width: '1fr', cell: ([name]) => name, value: ([name]) => name },
    { id: 'count', title: 'Calls', width: '7rem', number: true, cell: ([, calls]) => exact(calls), value: ([, calls]) => calls },
  ];
  return <section class="panel" aria-label="Errors"><header class="panel-head"><h2>Errors</h2></header>
    <Table label="Errors" columns={columns} items={all} itemKey={([name]) => name} height={160} empty="No call has failed." /></section>;
}
