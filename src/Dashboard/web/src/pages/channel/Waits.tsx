import { duration, share } from '../../format/units';
import { Bar } from '../../parts/Bar';
import { Figure } from '../../parts/Figure';
import { Empty } from '../../parts/States';

const TEXT: Record<string, string> = { full: 'for room', empty: 'for something to read', lock: 'for a lock' };

export function Waits({ waits }: { waits: { full_seconds: number; empty_seconds: number; lock_seconds: number } | null | undefined }) {
  const rows = [['full', waits?.full_seconds ?? 0], ['empty', waits?.empty_seconds ?? 0], ['lock', waits?.lock_seconds ?? 0]] as const;
  const sum = rows.reduce((all, [, seconds]) => all + seconds, 0);
  type Row = readonly [string, number];
  return <Figure id="waits" title="Waiting, by reason" note="since the agent saw it first" promql="sum by (reason) (rate(ipc_wait_seconds_total[1m]))" table={{
    columns: [{ id: 'reason', title: 'Reason', width: '1fr', cell: ([reason]: Row) => reason, value: ([reason]: Row) => reason },
      { id: 'wait', title: 'Waited', field: 'wait_seconds', width: '6rem', number: true, cell: ([, seconds]: Row) => duration(seconds), value: ([, seconds]: Row) => seconds }],
    items: () => rows, key: ([reason]) => reason, height: 160 }}>
    {sum === 0 ? <Empty title="Nobody has waited" /> : <dl class="waits">{rows.map(([reason, seconds]) => <><dt>{reason} <span class="note">{TEXT[reason]}</span></dt>
      <dd><Bar value={seconds} of={sum} text={`${duration(seconds)}, ${share(seconds / sum)}`} tone={reason === 'empty' ? 'calm' : 'warning'} /></dd></>)}</dl>}
  </Figure>;
}
