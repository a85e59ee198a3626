import type { Finding } from '../api/types';
import { age, since, when } from '../format/units';
import { SeverityMark } from '../parts/Mark';
import { channelHref, href, processHref } from '../state/route';
import { store } from '../state/store';

export const RANK = { critical: 0, warning: 1, info: 2 } as const;

export const bySeverity = (a: Finding, b: Finding): number => RANK[a.severity] - RANK[b.severity] || (b.age_seconds ?? 0) - (a.age_seconds ?? 0);

export const findingHref = (finding: Finding): string => href(`/findings/${finding.id.split('/').map(encodeURIComponent).join('/')}`);

export const lasts = (finding: Finding): string => finding.age_seconds === null || finding.age_seconds === undefined ? since(finding.since) : age(finding.age_seconds, finding.at_least);

/** One verdict: what is wrong, since when, what it does, what to do, and who. */
export function FindingCard({ finding }: { finding: Finding }) {
  return <article class={`finding ${finding.severity}`}>
    <header><SeverityMark severity={finding.severity} /><span class="rule">{finding.rule.replaceAll('_', '-')}</span><span class="grow" />
      <span class="note" title={when(finding.since)}>for {lasts(finding)} · {finding.agent}</span></header>
    <h3><a href={findingHref(finding)}>{finding.summary}</a></h3>
    {finding.effect ? <p class="effect">{finding.effect}</p> : null}
    {finding.advice ? <p class="advice"><strong>What to do:</strong> {finding.advice}</p> : null}
    <Concerned finding={finding} />
  </article>;
}

/** Links to the processes and channels that a finding is about. */
export function Concerned({ finding }: { finding: Finding }) {
  const { processes, channels } = store.model;
  const known = (finding.process_ids ?? []).flatMap(id => processes.get(id) ?? []);
  const nameless = (finding.culprits ?? []).filter(({ pid }) => !known.some(process => process.pid === pid));
  return <p class="concerned">
    {known.map(process => <a key={process.id} class="tag" href={processHref(process.id)}>{process.process}[{process.pid}]</a>)}
    {nameless.map(({ process, pid }) => <span key={pid} class="tag">{process}[{pid}]</span>)}
    {(finding.channel_ids ?? []).slice(0, 4).map(id => <a key={id} class="tag" href={channelHref(id)}>{channels.get(id)?.channel || 'channel'}</a>)}
  </p>;
}
