import { change, type Route } from '../state/route';
import { RANGES, rangeOf } from '../state/range';
import { useStore } from '../state/store';
import { clock } from '../format/units';
import { Icon } from '../parts/Icon';
import { Connection } from './Connection';
import { FilterBar } from './FilterBar';

export function TopBar({ title, route }: { title: string; route: Route }) {
  const store = useStore();
  const range = rangeOf(route.query);
  const agents = [...store.model.agents.keys()].sort();
  const agent = route.query.get('agent') ?? '';
  return <header class="topbar">
    <div class="topbar-row">
      <h1>{title}</h1>
      <Connection />
      <span class="grow" />
      <label class="field"><span class="hidden">Agent</span>
        <select value={agent} onChange={event => change({ agent: event.currentTarget.value })}>
          <option value="">All agents{agents.length ? ` (${agents.length})` : ''}</option>
          {agents.concat(agent && !agents.includes(agent) ? [agent] : []).map(name => <option key={name} value={name}>{name}</option>)}
        </select></label>
      <label class="field"><span class="hidden">Time range</span>
        <select value={range.name} onChange={event => change({ range: event.currentTarget.value, from: '', to: '' })}>
          {range.name ? null : <option value="">{clock(range.from * 1000)} – {clock(range.to * 1000)}</option>}
          {RANGES.map(([name]) => <option key={name} value={name}>Last {name.replace('m', ' min').replace('h', ' h')}</option>)}
        </select></label>
      <button type="button" aria-pressed={store.paused} title={store.paused ? 'Follow again (.)' : 'Hold still (.)'} onClick={() => store.pause(!store.paused)}>
        <Icon name={store.paused ? 'play' : 'pause'} /><span class="wide-only">{store.paused ? 'Resume' : 'Pause'}</span></button>
    </div>
    <FilterBar filter={route.query.get('filter') ?? ''} problem={store.problem} />
  </header>;
}
