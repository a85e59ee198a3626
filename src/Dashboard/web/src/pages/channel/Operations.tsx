import { useEffect, useState } from 'preact/hooks';
import { url } from '../../api/client';
import type { Channel, Operation } from '../../api/types';
import { equals } from '../../filter/expression';
import { bytes, duration } from '../../format/units';
import { Table, type Column } from '../../parts/Table';

const LIMIT = 200; // operations of one look: each one costs the agent more than a counter does

const COLUMNS: readonly Column<Operation>[] = [
  { id: 'time', title: 'Time', width: '8rem', cell: one => time(one.time), value: one => one.time },
  { id: 'process', title: 'Process', width: 'minmax(7rem, 1fr)', cell: one => `${one.process}[${one.pid}]`, value: one => one.process },
  { id: 'operation', title: 'Operation', width: '6rem', cell: one => one.operation, value: one => one.operation },
  { id: 'size', title: 'Size', field: 'size_bytes', width: '5rem', number: true, cell: one => bytes(one.size_bytes), value: one => one.size_bytes },
  { id: 'duration', title: 'Time taken', field: 'duration_seconds', width: '5.5rem', number: true, cell: one => duration(one.duration_seconds), value: one => one.duration_seconds },
  { id: 'wait', title: 'Wait', field: 'wait_seconds', width: '6rem', least: 480, number: true, cell: one => one.wait_seconds ? `${duration(one.wait_seconds)} ${one.wait_reason ?? ''}` : '', value: one => one.wait_seconds },
  { id: 'error', title: 'Error', width: '5rem', least: 560, cell: one => <span class="tone-critical">{one.error ?? ''}</span>, value: one => one.error },
];

const time = (text: string): string => `${new Date(text).toLocaleTimeString('en-GB')}${/\.\d{1,6}/.exec(text)?.[0] ?? ''}`;

/** Single operations as they happen: the next two hundred, then again when asked. */
export function Operations({ channel }: { channel: Channel }) {
  const [round, again] = useState(0);
  const [rows, setRows] = useState<readonly Operation[]>([]);
  const [state, setState] = useState<'on' | 'ended' | 'failed'>('on');
  const [lost, setLost] = useState(0);
  useEffect(() => {
    let kept: Operation[] = [];
    let frame = 0;
    setRows([]);
    setLost(0);
    setState('on');
    const show = () => { frame ||= requestAnimationFrame(() => { frame = 0; setRows(kept); }); };
    const source = new EventSource(url('operations', { agent: channel.agent, filter: equals('channel', channel.channel), limit: LIMIT }));
    source.onmessage = event => { kept = [JSON.parse(event.data as string) as Operation, ...kept].slice(0, LIMIT); show(); };
    source.addEventListener('lost', event => setLost(Number((JSON.parse((event as MessageEvent<string>).data) as { count: number }).count)));
    source.addEventListener('end', () => { source.close(); setState('ended'); });
    source.onerror = () => { source.close(); setState('failed'); };
    return () => { cancelAnimationFrame(frame); source.close(); };
  }, [channel.agent, channel.channel, round]);
  return <section class="panel wide" aria-label="Last operations"><header class="panel-head"><h2>Operations</h2>
    <span class="note" role="status">{state === 'on' ? `as they happen, ${rows.length} of ${LIMIT}` : state === 'ended' ? `${rows.length} operations` : 'not available now'}{lost ? `, ${lost} not shown` : ''}</span>
    <span class="grow" />{state === 'on' ? null : <button type="button" class="small" onClick={() => again(round + 1)}>Watch again</button>}</header>
    <Table label="Last operations" columns={COLUMNS} items={rows} itemKey={one => `${one.time}/${one.pid}/${one.operation}`} height={260} empty={state === 'on' ? 'Nothing happens on it now.' : 'None.'} /></section>;
}
