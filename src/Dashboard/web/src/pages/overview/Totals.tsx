import type { Channel } from '../../api/types';
import { bytesRate, exact, plural, rate, waiting } from '../../format/units';
import { Stat } from '../../parts/Stat';
import type { Model } from '../../state/model';
import { ofAgent } from '../../state/store';
import { total, type Total } from '../../state/totals';

const TREND = 60;

/** The six figures of everything. */
export function Totals({ model, channels, agent, part }: { model: Model; channels: readonly Channel[]; agent: string | null; part: boolean }) {
  const now = part ? total(model.time, channels) : model.totals.at(-1) ?? total(model.time, channels);
  const trend = (of: (total: Total) => number) => part ? undefined : model.totals.slice(-TREND).map(of);
  const with_ = (name: string, value: string, note: string, values: readonly number[] | undefined, tone = '') => <Stat key={name} name={name} value={value} note={note} tone={tone} {...values ? { trend: values } : {}} />;
  const lost = ofAgent(model.agents.values(), agent).reduce((sum, { health }) => sum + (health?.losses ?? []).reduce((all, { count }) => all + count, 0), 0);
  return <div class="stats">
    {with_('Operations', `${rate(now.operations)}/s`, plural(channels.length, 'channel'), trend(one => one.operations))}
    {with_('Written', bytesRate(now.bytes), 'by all processes', trend(one => one.bytes))}
    {with_('Waiting for room', waiting(now.full), 'threads, on average', trend(one => one.full), now.full > 0.5 ? 'warning' : '')}
    {with_('Waiting for a lock', waiting(now.lock), 'threads, on average', trend(one => one.lock), now.lock > 0.5 ? 'warning' : '')}
    {with_('Errors', `${rate(now.errors)}/s`, 'calls that failed', trend(one => one.errors), now.errors > 0 ? 'critical' : '')}
    {with_('Lost', exact(lost), lost ? 'why: see Fleet' : 'all was counted', undefined, lost ? 'warning' : 'good')}
  </div>;
}
