// node tools/frames.mjs [NODES…]: frames a second of the map with so many processes (100 500 2000), in Debian's chromium without a GPU, while deltas come every second.
// still: nothing is touched; pan, zoom: a hand drags, a wheel turns, in every frame. blank: the same page without a map, as much as this machine can.
// The processor's time that a frame costs, of all of chromium's processes, says what an idle machine could: 60 frames need less than 16.7 ms of each thread.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const SECONDS = 5;
const PORT = 9479;
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
const address = `http://127.0.0.1:${PORT}`;

/** In the page: counts frames while `way` is done in each of them. */
async function count({ way, seconds }) {
  const box = document.querySelector('.map') ?? document.body;
  const { left, top, width, height } = box.getBoundingClientRect();
  const at = (x, y) => ({ bubbles: true, cancelable: true, view: window, clientX: left + width / 2 + x, clientY: top + height / 2 + y, button: 0, buttons: 1 });
  // Where nothing is, so that the map moves and not a node.
  const core = box.map;
  if (core && way === 'pan') { const area = core.elements().renderedBoundingBox(); core.panBy({ x: width / 2 - area.x2 - 60, y: 0 }); }
  if (way === 'pan') box.dispatchEvent(new MouseEvent('mousedown', at(0, 0))), box.firstElementChild?.dispatchEvent(new MouseEvent('mousedown', at(0, 0)));
  const times = [];
  await new Promise(done => {
    const begin = performance.now();
    const step = now => {
      times.push(now);
      const phase = (now - begin) / 400;
      if (way === 'pan') window.dispatchEvent(new MouseEvent('mousemove', at(240 * Math.sin(phase), 90 * Math.sin(phase / 2))));
      if (way === 'zoom') (box.firstElementChild ?? box).dispatchEvent(new WheelEvent('wheel', { ...at(0, 0), deltaY: Math.cos(phase) * 12, deltaMode: 0 }));
      if (now - begin < seconds * 1000) requestAnimationFrame(step); else done();
    };
    requestAnimationFrame(step);
  });
  if (way === 'pan') window.dispatchEvent(new MouseEvent('mouseup', at(0, 0)));
  const gaps = times.slice(1).map((time, index) => time - times[index]).sort((a, b) => a - b);
  return { frames: Math.round(gaps.length / ((times.at(-1) - times[0]) / 1000)), slow: Math.round(gaps[Math.floor(gaps.length * 0.95)]), worst: Math.round(gaps.at(-1)) };
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
const whole = await browser.newBrowserCDPSession();
const busy = async () => (await whole.send('SystemInfo.getProcessInfo')).processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
console.log('nodes  edges  first drawn  what   frames/s  95 % of frames within  slowest  CPU a frame');
for (const nodes of process.argv.length > 2 ? process.argv.slice(2) : ['100', '500', '2000']) {
  const server = spawn('node', [fileURLToPath(new URL('fake-server.mjs', import.meta.url)), String(PORT), nodes], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise(done => server.stdout.once('data', done));
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })).newPage();
  page.setDefaultTimeout(120_000);
  const measure = async (drawn, way, what = way) => {
    const before = await busy();
    const { frames, slow, worst } = await page.evaluate(count, { way, seconds: SECONDS });
    const cost = (await busy() - before) / (frames * SECONDS);
    console.log(`${nodes.padStart(5)}  ${drawn}  ${what.padEnd(5)}  ${String(frames).padStart(8)}  ${`${slow} ms`.padStart(21)}  ${`${worst} ms`.padStart(7)}  ${`${cost.toFixed(1)} ms`.padStart(11)}`);
  };
  await page.goto(`${address}/topology?table=map&group=process`);
  await page.getByRole('grid').waitFor();
  await measure(' '.repeat(18), 'still', 'blank');
  const begin = Date.now();
  await page.goto(`${address}/topology?group=process`);
  await page.waitForFunction(() => document.querySelector('.map')?.map?.nodes().length > 0);
  const drawn = `${String(await page.evaluate(() => document.querySelector('.map').map.edges().length)).padStart(5)}  ${`${Date.now() - begin} ms`.padStart(11)}`;
  await page.waitForTimeout(2000);
  for (const way of ['still', 'pan', 'zoom']) await measure(drawn, way);
  if (process.env.FRAMES_SHOT) await page.screenshot({ path: `${process.env.FRAMES_SHOT}-${nodes}.png` });
  await page.close();
  server.kill('SIGTERM');
  await new Promise(done => server.once('exit', done));
}
await browser.close();
