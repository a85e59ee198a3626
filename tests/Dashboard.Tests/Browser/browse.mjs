// node browse.mjs AGENT DASHBOARD FOLDER: a real agent, a real dashboard, processes whose figures are known, and Debian's chromium that looks at every page.
// Prints "passed NAME" or "FAILED NAME: why" for each check; screenshots go to FOLDER. As root. BrowserTests.cs runs it.
import { mkdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { open, until } from './stage.mjs';

const [agentCommand, dashboardCommand, folder] = process.argv.slice(2);
const require = createRequire(new URL('../../../src/Dashboard/web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
mkdirSync(folder, { recursive: true });

const stage = await open(agentCommand.split(' '), dashboardCommand.split(' '));
const { address, link, truth, work } = stage;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--host-resolver-rules=MAP rebound.example 127.0.0.1'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' });
const page = await context.newPage();
page.setDefaultTimeout(15_000);
const faults = [];
const outside = [];
page.on('pageerror', error => faults.push(error.stack));
page.on('console', message => { if (message.type() === 'error' && !/status of 4|ERR_|EventSource/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`); });
page.on('request', request => { if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) outside.push(request.url()); });

async function check(name, body) {
  try { await body(); console.log(`passed ${name}`); } catch (error) { console.log(`FAILED ${name}: ${String(error.message ?? error).replaceAll('\n', ' | ').slice(0, 600)}`); await page.screenshot({ path: `${folder}/failed-${name}.png` }).catch(() => {}); }
}
const equal = (wanted, seen, what) => { if (wanted !== seen) throw new Error(`${what}: ${wanted} expected, ${seen} seen`); };
const go = path => page.goto(address + path);
const grid = label => page.getByRole('grid', { name: label, exact: true });
const row = (label, text) => grid(label).getByRole('row').filter({ hasText: text }).first();
const cells = async (label, text) => (await row(label, text).getByRole('gridcell').allInnerTexts()).map(cell => cell.trim());
const sees = (what, read, limit = 20_000) => until(what, read, limit);

const pipe = `pipe:[${truth.pipe}]`;
let channel = '';
let sent = await work(1000);

await check('link', async () => {
  const stranger = await browser.newContext();
  const closed = await (await stranger.newPage()).goto(address);
  equal(401, closed.status(), 'without a link');
  await page.goto(link);
  equal(`${address}/`, page.url(), 'the address after the link');
  const [cookie] = await context.cookies();
  equal('Strict true', `${cookie.sameSite} ${cookie.httpOnly}`, 'the cookie');
  equal(401, (await (await stranger.newPage()).goto(link)).status(), 'the link a second time');
  await stranger.close();
});
await check('strangers', async () => {
  const foreign = await context.newPage();
  equal(421, (await foreign.goto(address.replace('127.0.0.1', 'rebound.example'))).status(), 'a name of elsewhere that leads here');
  // Another port of the same host: the browser sends the cookie along.
  const other = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<title>other</title>')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  await foreign.goto(`http://127.0.0.1:${other.address().port}/`);
  const seen = await foreign.evaluate(url => fetch(url, { mode: 'no-cors', credentials: 'include' }).then(() => 'read', () => 'refused'), `${address}/api/v1/agents`);
  equal('refused', seen, 'a page of another origin');
  await foreign.close();
  other.close();
});
await check('live', () => sees('Live', async () => await page.locator('.connection').getAttribute('data-state') === 'live'));

await check('overview', async () => {
  await sees('the deadlock', async () => (await page.getByRole('region', { name: 'Verdict' }).innerText()).includes(`web-first[${truth.first}]`), 60_000);
  await sees('the agent', async () => (await page.getByRole('region', { name: 'Agents', exact: true }).innerText()).includes('live'));
});
await check('channels', async () => {
  await go(`/channels?filter=${encodeURIComponent(`channel = "${pipe}"`)}`);
  await sees('the one pipe', async () => (await page.getByRole('heading', { level: 2, name: '1 channel', exact: true }).count()) === 1);
  await row('Channels', pipe).getByRole('link').click();
  await page.waitForURL(/\/channels\/.+\/.+/);
  channel = new URL(page.url()).pathname;
});
const writes = async () => { const all = await grid('Who does what').getByRole('row').filter({ hasText: `web-writer[${truth.writer}]` }).filter({ hasText: 'write' }).first().getByRole('gridcell').allInnerTexts(); return all[2]; };
await check('channel', async () => {
  await go(channel);
  await sees('the writes', async () => (await writes()) === sent.operations.toLocaleString('en-US'));
  const end = async process => (await cells('Endpoints', process)).slice(0, 3).join(' ').replace(/[^\w[\] -]+ */g, '');
  // Seen writing at first; known exactly once its descriptors have been looked at.
  await sees('the writer', async () => (await end(`web-writer[${truth.writer}]`)) === `web-writer[${truth.writer}] write exact`, 60_000);
  await sees('the reader', async () => (await end(`web-reader[${truth.reader}]`)) === `web-reader[${truth.reader}] read exact`);
  const written = (await page.locator('.stat', { hasText: 'Written' }).innerText());
  if (!written.replaceAll('\u00a0', ' ').includes('63 KiB so far')) throw new Error(`64,000 bytes are 63 KiB: ${written}`);
});
await check('update', async () => {
  const begin = Date.now();
  sent = await work(500);
  await sees('the new writes', async () => (await writes()) === sent.operations.toLocaleString('en-US'));
  console.log(`# seen after ${Date.now() - begin} ms`);
});
await check('operations', async () => {
  const region = page.getByRole('region', { name: 'Last operations' });
  await sees('the watch', async () => /as they happen|operations/.test(await region.innerText()));
  await sees('a write', async () => {
    sent = await work(3);
    const state = await region.getByRole('status').innerText();
    if (state.includes('not available')) throw new Error(state);
    return (await row('Last operations', 'web-writer').count()) > 0;
  });
});
await check('process', async () => {
  await go(channel);
  await row('Endpoints', `web-writer[${truth.writer}]`).getByRole('link').click();
  await page.waitForURL(/\/processes\//);
  await sees('its pipe', async () => (await row('Its channels', pipe).count()) === 1);
  await page.goBack();
  equal(channel, new URL(page.url()).pathname, 'back');
});
await check('processes', async () => {
  await go('/processes?filter=' + encodeURIComponent('process ~ "^web-"'));
  await sees('them', async () => (await row('Processes', 'web-first').count()) === 1 && (await row('Processes', 'web-writer').count()) === 1);
  equal(String(truth.writer), (await cells('Processes', 'web-writer'))[1], 'the pid');
});
await check('waits', async () => {
  await row('Processes', 'web-first').getByRole('link').click();
  await sees('whom it waits for', async () => { const [, all] = [0, (await cells('Its waits', 'web-second')).join(' ')]; return all.includes('full') && all.includes(`web-second[${truth.second}]`); });
  await sees('who waits for it', async () => (await cells('Waits on it', `web-second[${truth.second}]`)).join(' ').includes('full'));
});
await check('topology', async () => {
  await go(`/topology?filter=${encodeURIComponent('process ~ "^web-"')}`);
  await sees('the map', async () => { await work(10); return await page.locator('.map-tools').count() > 0 && await page.locator('.map canvas').count() > 0; });
  await page.screenshot({ path: `${folder}/map.png` });
  await page.getByRole('button', { name: 'Who talks to whom as a table' }).click();
  await sees('the edge', async () => { sent = await work(10); const all = await cells('Who talks to whom', `web-writer[${truth.writer}]`); return all[0] === `web-writer[${truth.writer}]` && all[1] === `web-reader[${truth.reader}]` && all[2] === 'pipe'; });
  await sees('an edge on which nothing moves', async () => (await grid('Who talks to whom').getByRole('row').allInnerTexts()).some(text => text.startsWith(`web-first[${truth.first}]`) && text.includes(`web-second[${truth.second}]`)));
  if (!page.url().includes('table=map')) throw new Error('the table is not in the address');
});
await check('latency', async () => {
  await go('/latency?table=heatmap');
  await sees('operations', async () => { sent = await work(100); return (await grid('How long operations take').getByRole('row').count()) > 1; });
  await go('/latency');
  await sees('the heatmap', () => page.evaluate(() => { const canvas = document.querySelector('.heatmap canvas'); if (!canvas?.width) return false; const { data } = canvas.getContext('2d').getImageData(60, 0, canvas.width - 60, canvas.height - 60); const shades = new Set(); for (let i = 0; i < data.length; i += 16) if (data[i + 3]) shades.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]); return shades.size > 1; }));
  const box = await page.locator('.heatmap').boundingBox();
  await page.mouse.move(box.x + 100, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 12, box.y + 280, { steps: 4 });
  await page.mouse.up();
  await sees('the brush in the address', () => page.url().includes('brush='));
  // The minutes before the workload against those with it.
  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.mouse.move(box.x + box.width - 60, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 9, box.y + 290, { steps: 4 });
  await page.mouse.up();
  await sees('the two windows in the address', () => { const query = new URL(page.url()).searchParams; return query.get('before') && query.get('brush'); });
  await page.getByRole('button', { name: 'Before and after as a table' }).click();
  await sees('both windows', async () => { const text = await grid('Before and after').getByRole('row').nth(1).innerText(); return /%/.test(text); });
});
await check('objects', async () => {
  await go('/objects');
  await sees('the segment', async () => { const all = (await cells('Objects', String(truth.segment))).join(' '); return all.includes('sysv_shm') && all.includes('orphan'); });
});
await check('findings', async () => {
  await go('/findings');
  await row('Findings', 'deadlock').click();
  await sees('the evidence', async () => { const text = await page.getByRole('complementary', { name: 'Finding' }).innerText(); return text.includes(`web-first[${truth.first}]`) && text.includes(`web-second[${truth.second}]`) && text.includes('What to do'); });
});
await check('fleet', async () => {
  await go('/fleet');
  await grid('Agents').getByRole('row').nth(1).click();
  await sees('the ledger', async () => (await page.getByRole('complementary', { name: 'Agent' }).innerText()).includes('Running for'));
  const lost = async () => (await (await page.request.get(`${address}/api/v1/agents`)).json()).items[0].health.losses.reduce((sum, { count }) => sum + count, 0);
  await sees('what was lost', async () => { const before = await lost(); const shown = Number((await cells('Agents', 'live'))[3].replaceAll(',', '')); return shown >= before && shown <= await lost(); });
});
await check('filter', async () => {
  await go('/channels');
  await row('Channels', 'pipe').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('mechanism = pipe and proces = x');
  await page.keyboard.press('Enter');
  await sees('what is wrong', async () => { const text = await page.locator('.filter-problem').innerText(); return /column 22/.test(text) && text.includes('process'); });
  await go('/channels?filter=' + encodeURIComponent('mechanism = pipe and process = web-writer'));
  await page.getByRole('button', { name: 'Remove process = web-writer' }).click();
  equal('mechanism = pipe', new URL(page.url()).searchParams.get('filter'), 'the chip removed');
});
await check('keys', async () => {
  await go('/');
  await page.locator('.overview').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  equal('/processes', new URL(page.url()).pathname, 'g p');
  await grid('Processes').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/processes\/.+/);
  await page.keyboard.press('Escape');
  equal('/processes', new URL(page.url()).pathname, 'Esc');
  await page.keyboard.press('?');
  equal(true, await page.getByRole('dialog').isVisible(), 'help');
  await page.keyboard.press('Escape');
  await page.keyboard.press('.');
  await sees('Paused', async () => await page.locator('.connection').getAttribute('data-state') === 'paused');
  await page.keyboard.press('.');
  await sees('Live', async () => await page.locator('.connection').getAttribute('data-state') === 'live');
});
await check('export', async () => {
  await go('/channels');
  await row('Channels', 'pipe').waitFor();
  await page.getByRole('button', { name: 'Export channels' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  const text = readFileSync(await file.path(), 'utf8');
  if (!text.startsWith('channel,mechanism,ends,operations_per_second') || !text.includes(pipe)) throw new Error(text.slice(0, 200));
});

const places = { overview: '/', topology: '/topology', latency: '/latency', channels: '/channels', channel, processes: '/processes', objects: '/objects', findings: '/findings', fleet: '/fleet' };
for (const theme of ['light', 'dark']) {
  await check(`pages-${theme}`, async () => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const found = [];
    for (const [name, place] of Object.entries(places)) {
      for (const width of theme === 'light' ? [1280, 360, 2560] : [1280]) {
        await page.setViewportSize({ width, height: width > 2000 ? 1300 : 800 });
        await go(place);
        await sees('Live', async () => await page.locator('.connection').getAttribute('data-state') === 'live');
        await sees(`${name} at ${width}`, async () => { await work(10); return await page.locator(name === 'topology' ? '.map-tools' : 'main .panel').count() > 0; });
        await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png` });
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${name} ${width}: wider than the window`);
        if (width === 2560) continue;
        const session = await context.newCDPSession(page);
        await session.send('Runtime.evaluate', { expression: axe, allowUnsafeEvalBlockedByCSP: true });
        const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
        found.push(...violations.map(({ id, nodes }) => `${name} ${width}: ${id} ${nodes[0].target}`));
        await session.detach();
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    equal('', found.join('; '), 'axe-core');
  });
}

await check('killed', async () => {
  await go('/fleet');
  await sees('live', async () => (await row('Agents', 'live').count()) === 1);
  await stage.kill();
  await sees('not live', async () => (await page.locator('main .notice').innerText()).includes('answer') && (await row('Agents', 'live').count()) === 0);
  await stage.restart();
  await sees('live again', async () => (await row('Agents', 'live').count()) === 1);
  await go('/channels?filter=' + encodeURIComponent(`channel = "${pipe}"`));
  await sees('the pipe again', async () => { await work(10); return (await row('Channels', pipe).count()) === 1; });
});
await check('hostile', async () => equal(0, await page.evaluate(() => document.querySelectorAll('script:not([src]), [style*="expression"], main img').length), 'elements that no page makes'));
await check('outside', async () => equal('', [...new Set(outside)].join(' '), 'requests to other hosts'));
await check('faults', async () => equal('', [...new Set(faults)].join(' '), 'errors of scripts and of the policy'));

await browser.close();
await stage.close();
