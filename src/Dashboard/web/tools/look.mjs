// node tools/look.mjs ADDRESS FOLDER [WIDTHS] [PAGES] [THEMES]: screenshots of every page, and what axe-core finds on it. Exit 1: something was found.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [address, folder, widths = '1280,360,2560', only = '', themes = 'light,dark'] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'] });
let faults = 0;
const say = text => { faults++; console.log(text); };

async function first(page, kind) {
  const { items } = await (await page.request.get(new URL(`/api/v1/${kind}?limit=50`, address).href)).json();
  return items.find(item => item.longest_wait || item.severity === 'critical') ?? items[0];
}

for (const theme of themes.split(',')) {
  const context = await browser.newContext({ colorScheme: theme, reducedMotion: 'reduce', bypassCSP: false });
  const page = await context.newPage();
  page.on('console', message => message.type() === 'error' && !message.text().includes('status of 4') && say(`${page.url()}: ${message.text()}`));
  page.on('pageerror', error => say(`${page.url()}: ${error.stack}`));
  await page.goto(address);
  const path = (kind, item) => item ? `/${kind}/${item.id.split('/').map(encodeURIComponent).join('/')}` : null;
  const [channel, process_, finding] = [await first(page, 'channels'), await first(page, 'processes'), await first(page, 'findings')];
  const pages = { overview: '/', topology: '/topology', latency: '/latency', channels: '/channels', channel: path('channels', channel), processes: '/processes', process: path('processes', process_), objects: '/objects', findings: '/findings', finding: path('findings', finding), fleet: '/fleet', agent: channel ? `/fleet/${channel.agent}` : null, filtered: '/channels?filter=mechanism+in+(pipe,+unix)+and+process+~+"p"', twins: '/?table=operations', wrong: '/channels?filter=mechanism+%3D+pipe+and+proces+%3D+x' };
  for (const [name, place] of Object.entries(pages)) {
    if (!place || only && !only.split(',').includes(name)) continue;
    for (const width of widths.split(',').map(Number)) {
      await page.setViewportSize({ width, height: width < 500 ? 780 : width > 2000 ? 1300 : 800 });
      await page.goto(new URL(place, address).href);
      await page.waitForTimeout(name === 'topology' ? 2500 : 1200);
      await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png` });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) say(`${name} ${theme} ${width}: ${wide} px wider than the window`);
      if (width !== 2560) {
        const found = await page.evaluate(async source => { (0, eval)(source); return (await globalThis.axe.run({ resultTypes: ['violations'] })).violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} ${n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ''}`).join(' | ')}`); }, axe).catch(async () => {
          const session = await context.newCDPSession(page);
          await session.send('Runtime.evaluate', { expression: axe, allowUnsafeEvalBlockedByCSP: true });
          return page.evaluate(async () => (await globalThis.axe.run({ resultTypes: ['violations'] })).violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} ${n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ''}`).join(' | ')}`));
        });
        for (const one of found) say(`${name} ${theme} ${width}: axe: ${one}`);
      }
    }
  }
  await context.close();
}
await browser.close();
console.log(faults ? `${faults} faults` : 'no faults');
process.exit(faults ? 1 : 0);
