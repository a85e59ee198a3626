import { clock } from '../format/units';
import { useRoute } from '../state/route';
import { useStore } from '../state/store';

/** What must be known before any figure is believed: the connection is lost, an agent is stale. */
export function Notices() {
  const { connection, model } = useStore();
  const agent = useRoute().query.get('agent');
  const late = [...model.agents.values()].filter(({ agent: name, state }) => (state === 'stale' || state === 'gone') && (!agent || agent === name));
  const last = model.time ? ` What is shown is of ${clock(model.time)}.` : '';
  return <>
    {connection === 'lost' ? <div class="notice critical" role="alert"><strong>No connection to the dashboard.</strong> It is tried again until it answers.{last}</div> : null}
    {connection === 'stale' ? <div class="notice warning" role="alert"><strong>Nothing new for five seconds.</strong>{last}</div> : null}
    {connection === 'denied' ? <div class="notice critical" role="alert"><strong>This browser is not signed in, or no longer.</strong> Open the link with the token that the dashboard printed when it started.</div> : null}
    {late.length ? <div class="notice warning"><strong>{late.map(({ agent: name }) => name).join(', ')} {late.length === 1 ? 'does' : 'do'} not answer.</strong> Figures of {late.length === 1 ? 'it' : 'them'} are the last known. {late[0]?.error ?? ''}</div> : null}
  </>;
}
