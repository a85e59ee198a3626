import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/Icon';
import { Mechanism } from '../parts/Mark';
import { PAGES } from './pages';

const FIELDS: readonly (readonly [string, string])[] = [
  ['mechanism', 'mechanism in (pipe, unix)'], ['process', 'process ~ "^redis"'], ['pid', 'pid = 4312'], ['channel', 'channel = /run/redis.sock'],
  ['operation', 'operation in (send, receive)'], ['executable', 'executable ~ "/postgres$"'], ['container', 'container != ""'], ['pod', 'pod ~ "^web-"'], ['namespace', 'namespace = shop'],
];

export function Help({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { dialog.current?.showModal(); }, []);
  return <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose} onClick={event => { if (event.target === dialog.current) dialog.current?.close(); }}>
    <header><h2 id="help-title">Keys and words</h2><button type="button" class="quiet" aria-label="Close" onClick={() => dialog.current?.close()}><Icon name="close" /></button></header>
    <div class="help-columns">
      <section><h3>Keys</h3><dl class="keys">
        <dt><kbd>/</kbd></dt><dd>write a filter</dd>
        {PAGES.map(({ key, title }) => <><dt><kbd>g</kbd> <kbd>{key}</kbd></dt><dd>{title}</dd></>)}
        <dt><kbd>.</kbd></dt><dd>hold still, follow again</dd>
        <dt><kbd>↑</kbd> <kbd>↓</kbd> <kbd>Enter</kbd></dt><dd>move in a table, open</dd>
        <dt><kbd>Esc</kbd></dt><dd>undo the selection, go up</dd></dl></section>
      <section><h3>Filters</h3><p>Conditions joined by <code>and</code>, <code>or</code>, <code>not</code>; the same language as on the command line.</p>
        <dl class="words">{FIELDS.map(([field, example]) => <><dt>{field}</dt><dd><code>{example}</code></dd></>)}</dl></section>
      <section><h3>Shapes</h3><ul class="legend">{['pipe', 'unix', 'tcp', 'mq', 'shm', 'futex', 'signal', 'eventfd'].map(name => <li key={name}><Mechanism name={name} /></li>)}</ul>
        <h3>Certainty</h3><dl class="words"><dt>exact</dt><dd>from the kernel's own tables</dd><dt>observed</dt><dd>it was seen to do so</dd><dt>hint</dt><dd>likely, not certain</dd></dl>
        <h3>Waiting</h3><p>Threads that wait at any time, on average: 2.0 means two threads do nothing else.</p></section>
    </div>
  </dialog>;
}
