// node tools/fake-server.mjs [PORT] [demo|huge|quiet|empty|PROCESSES]: the dashboard's API with invented data, and dist/ behind the real security headers. For developing only.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { world } from './fake-data.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const [port = '9470', mode = 'demo'] = process.argv.slice(2);
const { model, step, bounds } = world(mode);
const HISTORY = 300;
let tick = 0;
let latency = [];
const columns = [];
const readers = new Set();
const FIELDS = ['pid', 'process', 'mechanism', 'channel', 'executable', 'container', 'pod', 'namespace', 'operation'];
const bare = item => Object.fromEntries(Object.entries(item).filter(([key]) => !key.startsWith('_')));

function filter(text) {
  if (!text) return () => true;
  const parts = text.split(/ and /);
  let column = 1;
  const tests = parts.map(part => {
    const match = /^\s*(\w+)\s*(=|!=|~)\s*"?([^"]*?)"?\s*$/.exec(part) ?? /^\s*(\w+)\s*(in)\s*\(([^)]*)\)\s*$/.exec(part);
    if (!match || !FIELDS.includes(match[1])) throw new Error(`column ${column}: unknown field "${part.trim().split(/\s/)[0]}"; allowed: ${FIELDS.join(', ')}`);
    column += part.length + 5;
    const [, field, operator, value] = match;
    return item => {
      const values = field === 'process' || field === 'pid' ? [item[field], ...(item.endpoints ?? []).map(end => end[field])] : field === 'mechanism' ? [item.mechanism, ...(item.mechanisms ?? [])] : [item[field]];
      return values.some(one => operator === '=' ? String(one) === value : operator === '!=' ? String(one) !== value : operator === '~' ? new RegExp(value).test(String(one ?? '')) : value.split(',').map(x => x.trim()).includes(String(one)));
    };
  });
  return item => tests.every(test => test(item));
}

const frame = (keep, snapshot) => {
  const set = items => ({ set: [...items].filter(item => snapshot || item._tick === undefined || item._tick === tick).map(bare), gone: [] });
  return { schema: 1, time: new Date().toISOString(), interval_seconds: 1, agents: set(model.agents.values()), channels: set([...model.channels.values()].filter(keep)), processes: set([...model.processes.values()].filter(keep)),
    nodes: set(snapshot ? model.nodes.values() : []), edges: set(model.edges.values()), findings: set(model.findings.values()), latency, ...(snapshot ? { latency_bounds_seconds: bounds } : {}) };
};
const send = (reader, event) => reader.answer.write(`event: ${event}\ndata: ${JSON.stringify(frame(reader.keep, event === 'snapshot'))}\n\n`);

function beat() {
  tick++;
  latency = step(tick) ?? [];
  columns.push({ time: new Date().toISOString(), counts: latency });
  if (columns.length > 900) columns.shift();
  for (const reader of readers) send(reader, 'delta');
}
for (let back = HISTORY; back > 0; back--) { if (mode === 'huge' && back > 3) continue; latency = step(-back) ?? []; columns.push({ time: new Date(Date.now() - back * 1000).toISOString(), counts: latency }); }
setInterval(beat, 1000);

const HEADERS = { 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml' };

createServer((request, answer) => {
  const at = new URL(request.url, 'http://localhost');
  const json = (value, status = 200) => { answer.writeHead(status, { ...HEADERS, 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }); answer.end(JSON.stringify(value)); };
  if (!at.pathname.startsWith('/api/v1/')) {
    const file = join(dist, normalize(at.pathname));
    const path = extname(file) && existsSync(file) ? file : join(dist, 'index.html');
    answer.writeHead(200, { ...HEADERS, 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    return answer.end(readFileSync(path));
  }
  const [kind, ...rest] = at.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent);
  const id = rest.join('/');
  let keep;
  try { keep = filter(at.searchParams.get('filter')); } catch (error) { return json({ title: 'Bad filter', status: 400, detail: error.message }, 400); }
  if (kind === 'stream') {
    answer.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    const reader = { answer, keep };
    send(reader, 'snapshot');
    readers.add(reader);
    return request.on('close', () => readers.delete(reader));
  }
  if (kind === 'operations') return operations(answer, request, at);
  if (kind === 'agents') return json({ schema: 1, items: [...model.agents.values()].map(bare) });
  if (kind === 'heatmap') return json({ schema: 1, bounds_seconds: bounds, columns: columns.map(({ time, counts }) => ({ time, counts: counts.filter(x => !at.searchParams.get('mechanism') || x.mechanism === at.searchParams.get('mechanism')).reduce((sum, x) => x.counts.map((v, i) => v + (sum[i] ?? 0)), []) })) });
  if (kind === 'history') return json(history(at.searchParams));
  const lists = { channels: model.channels, processes: model.processes, findings: model.findings, objects: new Map(model.objects.map(o => [o.id, o])) };
  const list = lists[kind];
  if (!list) return json({ title: 'Not found', status: 404, detail: '' }, 404);
  if (id) { const item = list.get(id); return item ? json({ schema: 1, ...bare(item), ...details(kind, item) }) : json({ title: 'Not found', status: 404, detail: 'It is gone.' }, 404); }
  const items = [...list.values()].filter(keep);
  json({ schema: 1, time: new Date().toISOString(), total: items.length, offset: 0, limit: 1000, items: items.slice(0, Number(at.searchParams.get('limit') ?? 1000)).map(bare) });
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port} (${mode})`));

function details(kind, item) {
  if (kind === 'processes') { const own = [...model.channels.values()].filter(c => c._.from === item || c._.to === item); return { channel_ids: own.map(c => c.id), waits: own.filter(c => c._.dead && c._.from === item).map(c => c._.dead), waited_for_by: own.filter(c => c._.dead && c._.to === item).map(c => c._.dead) }; }
  if (kind !== 'channels') return {};
  const o = item._;
  const peak = bounds.findIndex(b => b >= o.p50);
  const bell = (at, n) => Array.from({ length: n }, (_, i) => Math.round(item.operations * Math.exp(-((i - at) ** 2) / 4) / 4));
  return { flows: [{ process_id: o.from.id, process: o.from.process, pid: o.from.pid, operation: 'write', via: 'syscall', operations: Math.round(item.operations / 2), bytes: item.written_bytes, errors: item.errors, would_block: item.would_block }, { process_id: o.to.id, process: o.to.process, pid: o.to.pid, operation: 'read', via: 'syscall', operations: Math.round(item.operations / 2), bytes: item.read_bytes, errors: 0, would_block: 0 }],
    errors_by_name: item.errors ? { ECONNRESET: item.errors } : {}, duration: { bounds_seconds: bounds, counts: bell(peak, bounds.length + 1) }, size: { bounds_bytes: Array.from({ length: 24 }, (_, i) => 2 ** i), counts: bell(Math.log2(o.size || 1), 25) },
    waits: { full_seconds: o.full * tick, empty_seconds: 0.4 * tick, lock_seconds: o.lock * tick }, waiting: o.dead ? [o.dead] : [] };
}

function history(query) {
  const item = model.channels.get(query.get('channel')) ?? model.processes.get(query.get('process'));
  const scale = { operations: i => i.operations_per_second, bytes: i => i.written_bytes_per_second, wait: i => i.wait_full_seconds_per_second, duration_p99: i => i.duration_p99_seconds ?? 0 }[query.get('metric')];
  const now = Math.floor(Date.now() / 1000);
  const line = (labels, value) => ({ labels, points: Array.from({ length: HISTORY }, (_, i) => [now - HISTORY + i, value * (1 + 0.2 * Math.sin((now - HISTORY + i) / 17))]) });
  const promql = 'sum by (mechanism) (rate(ipc_operations_total[1m]))';
  if (item) return { source: 'memory', promql, series: [line({}, scale(item))] };
  const sums = new Map();
  for (const c of model.channels.values()) sums.set(c.mechanism, (sums.get(c.mechanism) ?? 0) + c.operations_per_second);
  return { source: 'memory', promql, series: [...sums].map(([mechanism, value]) => line({ mechanism }, value)) };
}

function operations(answer, request, at) {
  const name = /channel = "?([^"]*)"?$/.exec(at.searchParams.get('filter') ?? '')?.[1];
  const item = [...model.channels.values()].find(c => c.channel === name);
  answer.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  if (!item) return answer.end('event: end\ndata: {}\n\n');
  let left = Number(at.searchParams.get('limit') ?? 100);
  const timer = setInterval(() => {
    const write = left % 2 === 0;
    const who = write ? item._.from : item._.to;
    answer.write(`data: ${JSON.stringify({ schema: 1, time: new Date().toISOString(), process: who.process, pid: who.pid, mechanism: item.mechanism, operation: write ? 'write' : 'read', channel: name, size_bytes: item._.size, duration_seconds: item._.p50 * (0.6 + Math.random()), ...(item._.full > 0.5 && write ? { wait_seconds: item._.p50, wait_reason: 'full' } : {}) })}\n\n`);
    if (--left <= 0) { answer.write('event: end\ndata: {}\n\n'); clearInterval(timer); answer.end(); }
  }, 100);
  request.on('close', () => clearInterval(timer));
}
