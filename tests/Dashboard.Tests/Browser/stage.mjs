// What the pages are looked at with: agent, dashboard and workload, each a process, and all of them gone at the end.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Waits for a condition, which may fail to be read meanwhile. Throws what was read last. */
export async function until(what, read, limit) {
  const end = Date.now() + limit;
  let last;
  while (Date.now() < end) {
    try { last = await read(); if (last) return last; } catch (error) { last = error.message; }
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(`no ${what} within ${limit / 1000} s: ${last}`);
}

const freePort = () => new Promise(done => { const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)); }); });

const alive = new Set();

function start([command, ...words], options) {
  const child = spawn(command, words, options);
  alive.add(child);
  child.ended = new Promise(done => child.on('exit', () => { alive.delete(child); done(); }));
  child.on('error', error => console.log(`# ${command}: ${error.message}`));
  return child;
}

// The workload ends by itself, with its segment, when its input does.
process.on('exit', () => { for (const child of alive) if (!child.stdin) child.kill('SIGKILL'); });
process.on('SIGTERM', () => process.exit(1));

export async function open(agentCommand, dashboardCommand) {
  const place = mkdtempSync(join(tmpdir(), 'ipcscope-browser-'));
  const [api, metrics, port] = [await freePort(), await freePort(), await freePort()];
  const settings = join(place, 'agent.yaml');
  writeFileSync(settings, `api: { listen: 127.0.0.1:${api} }\nmetrics: { listen: 127.0.0.1:${metrics} }\n`);
  let said = '';
  const startAgent = () => { const child = start([...agentCommand, 'run', '--config', settings], { stdio: ['ignore', 'ignore', 'pipe'] }); child.stderr.on('data', data => { said += data; }); return child; };
  const ready = async () => until('agent', async () => (await fetch(`http://127.0.0.1:${metrics}/readyz`)).ok, 90_000).catch(error => { throw new Error(`${error.message}; the agent said: ${said.slice(-600)}`); });
  let agent = startAgent();
  await ready();

  const workload = start(['python3', fileURLToPath(new URL('workload.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: workload.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse((await lines.next()).value);
  const truth = await answer();

  const dashboard = start([...dashboardCommand, '--agents', `127.0.0.1:${api}`, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let invitation = '';
  dashboard.stderr.on('data', data => { invitation += data; });
  const link = await until('link', () => /open (http:\S+)/.exec(invitation)?.[1], 30_000).catch(error => { throw new Error(`${error.message}; the dashboard said: ${invitation}`); });
  return {
    address: `http://127.0.0.1:${port}`, link, truth,
    work: async messages => { workload.stdin.write(`write ${messages}\n`); return answer(); },
    pids: () => ({ agent: agent.pid, dashboard: dashboard.pid }),
    kill: async () => { agent.kill('SIGKILL'); await agent.ended; },
    restart: async () => { agent = startAgent(); await ready(); },
    close: async () => {
      workload.stdin.end('quit\n');
      dashboard.kill('SIGTERM');
      agent.kill('SIGTERM');
      await Promise.all([workload.ended, dashboard.ended, agent.ended]);
      rmSync(place, { recursive: true });
    },
  };
}
