import { clock } from '../format/units';
import { SHAPES } from '../parts/Mark';
import { useStore } from '../state/store';

const WORDS = { connecting: 'Connecting', live: 'Live', stale: 'Stale', lost: 'Disconnected', denied: 'Not permitted', paused: 'Paused' } as const;
const TONES = { connecting: 'info', live: 'good', stale: 'warning', lost: 'critical', denied: 'critical', paused: 'info' } as const;

/** How fresh what is shown is. */
export function Connection() {
  const { connection, model, problem } = useStore();
  const word = problem ? 'Filter not applied' : WORDS[connection];
  const tone = problem ? 'warning' : TONES[connection];
  return <span class={`connection state ${tone}`} data-state={connection}>
    <svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><path d={tone === 'good' ? SHAPES.other : tone === 'warning' ? SHAPES.net : tone === 'critical' ? SHAPES.memory : SHAPES.unix} /></svg>
    <span role="status">{word}</span>{model.time ? <time class="wide-only">{clock(model.time)}</time> : null}</span>;
}
