import type { Finding } from '../api/types';
import { plural, when } from '../format/units';
import { Export } from '../parts/Export';
import { Icon } from '../parts/Icon';
import { SeverityMark } from '../parts/Mark';
import { Empty, Loading } from '../parts/States';
import { Table, type Column } from '../parts/Table';
import { change, go, href, useRoute } from '../state/route';
import { useStore } from '../state/store';
import { bySeverity, Concerned, findingHref, lasts, RANK } from './FindingCard';

const COLUMNS: readonly Column<Finding>[] = [
  { id: 'severity', title: 'Severity', width: '6rem', cell: one => <SeverityMark severity={one.severity} />, value: one => RANK[one.severity] },
  { id: 'rule', title: 'Rule', width: '8rem', least: 520, cell: one => one.rule.replaceAll('_', '-'), value: one => one.rule },
  { id: 'summary', title: 'What is wrong', width: 'minmax(7rem, 1fr)', cell: one => <span title={one.summary}>{one.summary}</span>, value: one => one.summary },
  { id: 'age', title: 'For', field: 'age_seconds', width: '4.5rem', number: true, cell: lasts, value: one => one.age_seconds },
  { id: 'agent', title: 'Agent', width: '7rem', least: 760, cell: one => one.agent, value: one => one.agent },
];

const FIELDS = [...COLUMNS.map(column => ({ name: column.field ?? column.id, value: column.value! })), { name: 'since', value: (one: Finding) => one.since }, { name: 'effect', value: (one: Finding) => one.effect }, { name: 'advice', value: (one: Finding) => one.advice }];

export function Findings({ id }: { id: string }) {
  const store = useStore();
  const { model } = store;
  const { query } = useRoute();
  if (!store.ready) return <Loading lines={10} />;
  const findings = store.findings(query.get('agent')).sort(bySeverity);
  const chosen = id ? model.findings.get(id) : undefined;
  return <div class={`split ${id ? 'open' : ''}`}>
    <section class="panel fill" aria-label="Findings"><header class="panel-head"><h2>{plural(findings.length, 'finding')}</h2><span class="note">what two looks in a row have seen</span><span class="grow" />
      <Export of={{ name: 'findings', items: () => findings, fields: FIELDS }} /></header>
      <Table label="Findings" columns={COLUMNS} items={findings} itemKey={one => one.id} selected={id} onSelect={one => go(findingHref(one))} sort={query.get('sort') ?? ''} onSort={sort => change({ sort }, true)}
        empty={<Empty title="Nothing is wrong">No wait in a circle, no reader that is behind, nothing left behind.</Empty>} /></section>
    {id ? <aside class="panel detail-panel" aria-label="Finding">{chosen ? <Detail finding={chosen} /> : <><Empty title="This finding is over">What it was about is gone. <a href={href('/findings')}>All findings</a></Empty></>}</aside> : null}
  </div>;
}

function Detail({ finding }: { finding: Finding }) {
  return <>
    <header class="panel-head"><SeverityMark severity={finding.severity} /><span class="rule">{finding.rule.replaceAll('_', '-')}</span><span class="grow" /><a class="button quiet" href={href('/findings')} aria-label="Close"><Icon name="close" /></a></header>
    <div class="prose"><h2>{finding.summary}</h2>
      <p class="note">since {when(finding.since)}, for {lasts(finding)}, on {finding.agent}</p>
      {finding.advice ? <><h3>What to do</h3><p>{finding.advice}</p></> : null}
      {finding.effect ? <><h3>What it does</h3><p>{finding.effect}</p></> : null}
      {finding.evidence?.length ? <><h3>Evidence</h3><ul class="evidence">{finding.evidence.map((line, index) => <li key={index}>{line}</li>)}</ul></> : null}
      {finding.culprits?.length || finding.channel_ids?.length || finding.process_ids?.length ? <><h3>Who and what</h3><Concerned finding={finding} /></> : null}
    </div></>;
}
