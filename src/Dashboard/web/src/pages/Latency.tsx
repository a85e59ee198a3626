import { useMemo } from 'preact/hooks';
import type { HeatColumns } from '../api/types';
import { count, duration, exact, plural } from '../format/units';
import { Empty, Loading } from '../parts/States';
import { Figure } from '../parts/Figure';
import { Table } from '../parts/Table';
import { change, channelHref, useRoute } from '../state/route';
import { rangeOf } from '../state/range';
import { useRemote } from '../state/remote';
import { useStore } from '../state/store';
import { CHANNEL_COLUMNS } from './columns';
import { Compare, type Window } from './latency/Compare';
import { Heatmap, type Heat } from './latency/Heatmap';
import { heatOf } from './latency/heat';

/** The brush in the address: from, to (Unix seconds), least and most duration (seconds). */
function brushOf(text: string | null): { from: number; to: number; low: number; high: number } | null {
  const [from, to, low, high] = (text ?? '').split(',').map(Number);
  return from && to && low !== undefined && high ? { from, to, low, high } : null;
}

/** The first of two windows that are compared: from, to (Unix seconds). */
function beforeOf(text: string | null): Window | null {
  const [from, to] = (text ?? '').split(',').map(Number);
  return from && to ? { from, to } : null;
}

const LEAST = 60; // seconds that the map shows

interface Row { low: number; high: number; count: number }

export function Latency() {
  const store = useStore();
  const { model } = store;
  const { query } = useRoute();
  const mechanism = query.get('mechanism') ?? '';
  const range = rangeOf(query, (model.time || Date.now()) / 1000);
  const past = useRemote<HeatColumns>('heatmap', { mechanism, from: range.from - (range.from % 60), to: range.name ? undefined : range.to }, 60_000);
  const heat: Heat = useMemo(() => heatOf(model, past.data, mechanism, range.from, range.to), [model.time, past.data, mechanism, range.from]);
  if (!store.ready) return <Loading lines={12} />;
  // As far back as something is known: a minute is not a sliver of a quarter of an hour.
  const from = range.name ? Math.max(range.from, Math.min(heat.columns[0]?.time ?? range.from, range.to - LEAST)) : range.from;
  const brush = brushOf(query.get('brush'));
  const before = beforeOf(query.get('before'));
  const mechanisms = [...new Set([...model.channels.values()].map(channel => channel.mechanism))].sort();
  const channels = store.channels(query.get('agent')).filter(channel => (!mechanism || channel.mechanism === mechanism)
    && (brush ? (channel.duration_p99_seconds ?? -1) >= brush.low && (channel.duration_p50_seconds ?? Infinity) <= brush.high : (channel.duration_p99_seconds ?? 0) > 0));
  const rows: Row[] = heat.totals(brush?.from ?? range.from, brush?.to ?? range.to);
  const columns = [
    { id: 'duration', title: 'Duration', width: 'minmax(9rem, 1fr)', cell: (row: Row) => row.high === Infinity ? `> ${duration(row.low)}` : `${duration(row.low)} – ${duration(row.high)}` },
    { id: 'upper', title: 'At most', field: 'upper_bound_seconds', width: '6rem', number: true, cell: (row: Row) => row.high === Infinity ? '∞' : duration(row.high), value: (row: Row) => row.high },
    { id: 'count', title: 'Operations', width: '7rem', number: true, cell: (row: Row) => exact(row.count), value: (row: Row) => row.count }];
  const bounds = heat.bounds;
  const setDuration = (low: number, high: number) => change({ brush: [brush?.from ?? range.from, brush?.to ?? range.to, low, high].join(',') }, true);
  return <div class="latency">
    <Figure id="heatmap" title="How long operations take" note={`${count(rows.reduce((sum, row) => sum + row.count, 0))} operations; stronger is more`}
      promql={`sum by (le) (rate(ipc_operation_duration_seconds_bucket${mechanism ? `{mechanism="${mechanism}"}` : ''}[1m]))`} table={{ columns, items: () => rows, key: row => String(row.high), height: 380 }}
      controls={<>{brush ? <button type="button" class="small" onClick={() => change({ before: `${brush.from},${brush.to}`, brush: '' })}>Compare with…</button> : before ? <span class="note">drag over what to compare with</span> : null}
        {before ? <button type="button" class="small" onClick={() => change({ before: '' })}>End comparing</button> : null}
        <label class="field"><span class="hidden">Mechanism</span><select value={mechanism} onChange={event => change({ mechanism: event.currentTarget.value })}><option value="">All mechanisms</option>{mechanisms.map(name => <option key={name}>{name}</option>)}</select></label></>}>
      {heat.columns.length === 0 ? <Empty title="No operation in this time" /> : <Heatmap heat={heat} from={from} to={range.to} brush={brush} before={before} onBrush={(from, to, low, high) => change({ brush: [Math.floor(from), Math.ceil(to), low, high].join(',') })} />}
    </Figure>
    {before && brush ? <Compare heat={heat} before={before} after={brush} /> : null}
    <section class="panel fill" aria-label="Matching channels">
      <header class="panel-head"><h2>{plural(channels.length, 'channel')}</h2><span class="note">{brush && (brush.low || brush.high < 1e9) ? `with durations of ${duration(brush.low)} ${brush.high < 1e9 ? `to ${duration(brush.high)}` : 'or more'}` : 'slowest first; drag over the map to choose durations'}</span><span class="grow" />
        <label class="field">from <select value={String(brush?.low ?? 0)} onChange={event => setDuration(Number(event.currentTarget.value), Math.max(brush?.high ?? 1e9, Number(event.currentTarget.value)))}>{[0, ...bounds].map(bound => <option key={bound} value={String(bound)}>{duration(bound)}</option>)}{brush && brush.low && !bounds.includes(brush.low) ? <option value={String(brush.low)}>{duration(brush.low)}</option> : null}</select></label>
        <label class="field">to <select value={String(brush?.high ?? 1e9)} onChange={event => setDuration(brush?.low ?? 0, Number(event.currentTarget.value))}>{bounds.map(bound => <option key={bound} value={String(bound)}>{duration(bound)}</option>)}<option value="1000000000">any</option></select></label>
        {brush ? <button type="button" class="small" onClick={() => change({ brush: '' })}>Clear</button> : null}</header>
      <Table label="Matching channels" columns={CHANNEL_COLUMNS} items={channels} itemKey={item => item.id} link={item => channelHref(item.id)} height={520} sort={query.get('sort') ?? 'duration:down'} onSort={sort => change({ sort }, true)} empty="No channel has such durations now." />
    </section>
  </div>;
}
