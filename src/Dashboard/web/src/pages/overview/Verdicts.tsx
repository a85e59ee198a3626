import { plural } from '../../format/units';
import { Icon } from '../../parts/Icon';
import { href } from '../../state/route';
import { ofAgent, type Store } from '../../state/store';
import { bySeverity, FindingCard } from '../FindingCard';

const SHOWN = 4;

/** The answer first: what is wrong, or that nothing is. */
export function Verdicts({ store, agent }: { store: Store; agent: string | null }) {
  const { model } = store;
  const findings = store.findings(agent).sort(bySeverity);
  const serious = findings.filter(finding => finding.severity !== 'info');
  const live = ofAgent(model.agents.values(), agent).filter(({ state }) => state === 'live').length;
  if (model.agents.size === 0) return <section class="verdict info" aria-label="Verdict"><h2>No agent yet</h2><p>The dashboard knows no agent. Start one with <code>sudo ipcscope run</code>, or name it in the dashboard's settings.</p></section>;
  if (serious.length === 0) return <section class="verdict good" aria-label="Verdict"><h2><Icon name="check" />Nothing is wrong</h2>
    <p>{plural(model.channels.size, 'channel')} of {plural(model.processes.size, 'process', 'processes')}, seen by {live} of {plural(model.agents.size, 'agent')}: nobody waits in a circle, no reader is behind, nothing was left behind.
      {findings.length ? <> <a href={href('/findings')}>{plural(findings.length, 'note')}</a></> : null}</p></section>;
  return <section class="verdicts" aria-label="Verdict">
    <header class="section-head"><h2>{serious.length === 1 ? '1 thing is wrong' : `${serious.length} things are wrong`}</h2><span class="grow" /><a href={href('/findings')}>{findings.length === serious.length && findings.length <= SHOWN ? 'Findings' : `All ${plural(findings.length, 'finding')}`}</a></header>
    <div class="cards">{serious.slice(0, SHOWN).map(finding => <FindingCard key={finding.id} finding={finding} />)}</div>
  </section>;
}
