// node load.mjs AGENT DASHBOARD [SECONDS]: ten who read the stream and one page in chromium, for five minutes, before a real agent: what each process keeps resident, every thirty seconds.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { open } from './stage.mjs';

const [agentCommand, dashboardCommand, seconds = '300'] = process.argv.slice(2);
const VIEWERS = 10;
const EVERY = 30_000; // ms
const { chromium } = createRequire(new URL('../../../src/Dashboard/web/package.json', import.meta.url))('playwright-core');

const stage = await open(agentCommand.split(' '), dashboardCommand.split(' '));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--enable-precise-memory-info', '--js-flags=--expose-gc'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
await page.goto(stage.link);
const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
let events = 0;
const end = new AbortController();
for (let viewer = 0; viewer < VIEWERS; viewer++) {
  void (async () => {
    const answer = await fetch(`${stage.address}/api/v1/stream`, { headers: { cookie }, signal: end.signal });
    for await (const part of answer.body) events += Buffer.from(part).toString('latin1').split('event: ').length - 1;
  })().catch(() => {});
}
const stat = pid => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
const tick = Number(execFileSync('getconf', ['CLK_TCK']));
const resident = pid => (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024).toFixed(1);
const busy = pid => { const all = stat(pid); return (Number(all[11]) + Number(all[12])) / tick; };
const { agent, dashboard } = stage.pids();
let [before, at] = [[busy(agent), busy(dashboard)], Date.now()];
console.log('seconds  agent MB  CPU %  dashboard MB  CPU %  page MB  events');
for (let time = 0; time <= Number(seconds); time += EVERY / 1000) {
  if (time) await new Promise(done => setTimeout(done, EVERY));
  const now = [busy(agent), busy(dashboard)];
  const share = index => (100 * (now[index] - before[index]) / Math.max(0.001, (Date.now() - at) / 1000)).toFixed(1);
  const heap = await page.evaluate(() => { globalThis.gc?.(); return performance.memory.usedJSHeapSize / 2 ** 20; });
  console.log([String(time).padStart(7), resident(agent).padStart(8), share(0).padStart(5), resident(dashboard).padStart(12), share(1).padStart(5), heap.toFixed(1).padStart(7), String(events).padStart(6)].join('  '));
  [before, at] = [now, Date.now()];
}
end.abort();
await browser.close();
await stage.close();
