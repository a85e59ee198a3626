// Invented but plausible data by the contract, for looking at the pages without an agent. MODE: demo, huge, quiet, empty, or a number of processes.
const BOUNDS = Array.from({ length: 34 }, (_, i) => 2 ** i * 1e-7);
let seed = 7;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const pick = list => list[Math.floor(random() * list.length)];
const iso = ms => new Date(ms).toISOString();
const START = Date.now() - 3 * 3600e3;

const sums = (w, r) => ({ operations: 0, errors: 0, would_block: 0, written_bytes: 0, read_bytes: 0, _w: w, _r: r });
const rates = () => ({ operations_per_second: 0, written_bytes_per_second: 0, read_bytes_per_second: 0, errors_per_second: 0, duration_p50_seconds: null, duration_p99_seconds: null, delivery_p50_seconds: null, delivery_p99_seconds: null, wait_full_seconds_per_second: 0, wait_empty_seconds_per_second: 0, wait_lock_seconds_per_second: 0 });

export function world(mode) {
  const model = { agents: new Map(), channels: new Map(), processes: new Map(), nodes: new Map(), edges: new Map(), findings: new Map(), objects: [] };
  let pid = 1000;
  const process = (agent, name, place = {}) => {
    pid += 1 + Math.floor(random() * 40);
    const id = `${agent}/${pid}-${pid * 100}`;
    const item = { id, agent, process: name, pid, executable: `/usr/bin/${name}`, user: 'app', ...place, cgroup: '/system.slice', ...sums(), ...rates(), mechanisms: [], channels: 0, longest_wait: null };
    model.processes.set(id, item);
    model.nodes.set(`${agent}/p${pid}`, { id: `${agent}/p${pid}`, agent, kind: 'process', name, pid, process_id: id, ...place });
    return item;
  };
  let inode = 300000;
  const channel = (mechanism, name, from, to, rate, size, p50, extra = {}) => {
    inode += Math.floor(random() * 90) + 1;
    const id = `${from.agent}/${mechanism}-${inode}`;
    const text = name ?? `pipe:[${inode}]`;
    const item = { id, agent: from.agent, channel: text, mechanism, kind: mechanism, inode, ...sums(), ...rates(), queue: extra.queue ?? null, listening: false, longest_wait: null,
      endpoints: [{ process_id: from.id, process: from.process, pid: from.pid, direction: extra.both ? 'both' : 'write', certainty: 'exact' }, { process_id: to.id, process: to.process, pid: to.pid, direction: extra.both ? 'both' : 'read', certainty: extra.certainty ?? 'exact' }],
      _: { rate, size, p50, from, to, full: extra.full ?? 0, lock: extra.lock ?? 0, errors: extra.errors ?? 0 } };
    model.channels.set(id, item);
    for (const one of [from, to]) { one.channels++; if (!one.mechanisms.includes(mechanism)) one.mechanisms.push(mechanism); }
    model.edges.set(`${id}-e`, { id: `${id}-e`, agent: from.agent, source: `${from.agent}/p${from.pid}`, destination: `${to.agent}/p${to.pid}`, mechanism, operations: 0, bytes: 0, operations_per_second: 0, bytes_per_second: 0, delivery_p99_seconds: null, wait_share: extra.full || extra.lock || 0, certainty: extra.certainty ?? 'exact', channel_ids: [id] });
    return item;
  };
  const wait = (item, who, reason, age, other, atLeast = false, operation = 'write') => ({ process: who.process, pid: who.pid, process_id: who.id, tid: who.pid, mechanism: item.mechanism, operation, channel: item.channel, channel_id: item.id, reason, age_seconds: age, at_least: atLeast, waits_for: [{ process: other.process, pid: other.pid, process_id: other.id }] });
  const finding = f => model.findings.set(f.id, { severity: 'warning', at_least: false, evidence: [], culprits: [], channel_ids: [], process_ids: [], ...f });
  const agent = (name, state, more = {}) => model.agents.set(name, { agent: name, address: `https://${name}:9465`, state, since: iso(START), last_seen: iso(Date.now() - (state === 'live' ? 400 : 95e3)), lag_seconds: state === 'live' ? 0.4 : 95, error: state === 'stale' ? 'no frame for 95 s: connection timed out' : null,
    health: { time: iso(Date.now()), node: name, version: '0.9.0', kernel: '6.18.2-cloud-amd64', architecture: 'x86_64', started: iso(START), interval_seconds: 1, ready: true, mode: 'kernel', attachment: 'tp_btf', programs: 41, flows: 812, flows_limit: 16384, channels: 0, processes: 0, ...sums(), operations: 81234567, operations_per_second: 0,
      losses: [{ stage: 'ring', cause: 'ring_full', count: 0 }], stages: [{ stage: 'kernel', seen: 81234567, counted: 81234567, lost: 0, unexplained: 0 }, { stage: 'ring', seen: 40211, counted: 40211, lost: 0, unexplained: 0 }], cost: { cpu_seconds: 41.2, cpu_share: 0.007, resident_bytes: 47185920, program_share: 0.011 }, viewers: 2, missing: [] }, ...more });

  if (mode === 'empty') return { model, step: () => {}, bounds: BOUNDS, wait };
  const hosts = mode === 'huge' ? ['node-1', 'node-2', 'node-3', 'node-4', 'node-5', 'node-6', 'node-7', 'node-8', 'node-9', 'node-10'] : ['node-1', 'node-2', 'node-3'];
  hosts.forEach((name, i) => agent(name, i === 2 && mode === 'demo' ? 'stale' : 'live'));
  if (mode === 'demo') { const h = model.agents.get('node-2').health; h.losses[0].count = 128; h.stages[1].lost = 128; h.stages[1].seen += 128; h.missing = [{ what: 'CAP_SYS_PTRACE', effect: 'memory behind plain mutexes is not read; who holds them is not named' }]; }

  for (const host of hosts) {
    const shop = name => ({ container: name, pod: `${name}-7d9f-${host.slice(-1)}`, namespace: 'shop', workload: name });
    const nginx = process(host, 'nginx', shop('web')), php = process(host, 'php-fpm', shop('api')), redis = process(host, 'redis-server', shop('redis')), pg = process(host, 'postgres', shop('db')), worker = process(host, 'worker', shop('api'));
    const tar = process(host, 'tar'), gzip = process(host, 'gzip'), split = process(host, 'split');
    channel('unix', '/run/php/fpm.sock', nginx, php, 4200, 2100, 38e-6, { both: true });
    channel('unix', '/run/redis.sock', php, redis, 18400, 180, 12e-6, { both: true });
    channel('tcp', '10.0.0.4:5432 → 10.0.0.9:41822', php, pg, 910, 1400, 420e-6, { both: true, certainty: 'observed', errors: host === 'node-2' ? 0.4 : 0 });
    const m = channel('mq', '/orders', php, worker, 320, 512, 9e-6, { queue: { messages: 7, limit: 10, high_water: 10 } });
    const p = channel('pipe', null, tar, gzip, 8100, 65536, 8.1e-3, { full: mode === 'demo' && host === 'node-1' ? 0.82 : 0.02, queue: { bytes: 61440, limit: 65536, high_water: 65536 } });
    channel('pipe', null, gzip, split, 2100, 65536, 61e-6, { queue: { bytes: 4096, limit: 65536, high_water: 65536 } });
    channel('futex', 'anonymous:[101981]+0x28', worker, php, 640, 0, 220e-6, { both: true, lock: host === 'node-1' && mode === 'demo' ? 0.34 : 0.01, certainty: 'hint' });
    channel('sysv_shm', 'shm:5 key 0x51', pg, worker, 12, 0, 2e-6, { both: true });
    channel('eventfd', 'eventfd:[88]', worker, worker, 75, 8, 1e-6, { both: true });
    if (mode === 'demo' && host === 'node-1') {
      const [first, second] = [process(host, 'first'), process(host, 'second')];
      const a = channel('pipe', null, first, second, 0, 4096, 1e-6, { full: 1, queue: { bytes: 65536, limit: 65536, high_water: 65536 } }), b = channel('pipe', null, second, first, 0, 4096, 1e-6, { full: 1, queue: { bytes: 65536, limit: 65536, high_water: 65536 } });
      a._.dead = wait(a, first, 'full', 74, second, true); b._.dead = wait(b, second, 'full', 74, first, true);
      p._.dead = wait(p, tar, 'full', 0.81, gzip);
      finding({ id: `${host}/deadlock-1`, agent: host, rule: 'deadlock', severity: 'critical', summary: `first[${first.pid}] and second[${second.pid}] wait for each other`, since: iso(Date.now() - 74e3), age_seconds: 74, at_least: true, evidence: [`first[${first.pid}] waits for room in ${a.channel} for ≥ 74 s: to be drained by second[${second.pid}]`, `second[${second.pid}] waits for room in ${b.channel} for ≥ 74 s: to be drained by first[${first.pid}]`], effect: 'Neither will ever go on; whoever waits for them waits, too.', advice: 'Let one of them read while it writes (poll both ends), or end one of them.', culprits: [first, second].map(({ process: n, pid: i }) => ({ process: n, pid: i })), channel_ids: [a.id, b.id], process_ids: [first.id, second.id] });
      finding({ id: `${host}/pressure-1`, agent: host, rule: 'back_pressure', summary: `tar[${tar.pid}] waits for room in ${p.channel}: gzip[${gzip.pid}] does not keep up`, since: iso(Date.now() - 412e3), age_seconds: 412, evidence: ['82 % of the last minute was spent waiting for room', `gzip[${gzip.pid}] is running`], effect: 'tar writes at a fifth of the speed that it could.', advice: 'Give gzip more CPU, use a faster compressor (zstd -T0, pigz), or a larger pipe (F_SETPIPE_SZ).', culprits: [{ process: 'gzip', pid: gzip.pid }], channel_ids: [p.id], process_ids: [tar.id, gzip.id] });
      finding({ id: `${host}/orphan-1`, agent: host, rule: 'orphan', severity: 'info', summary: 'System V segment 5 has no user left: 64 MiB', since: iso(Date.now() - 86400e3 * 2), age_seconds: 172800, at_least: true, evidence: ['creator 4711 is gone', 'nobody attaches it'], effect: '64 MiB of memory stay taken until it is removed.', advice: 'ipcrm -m 5, if no program wants it back.' });
      finding({ id: `${host}/loss-1`, agent: 'node-2', rule: 'loss', severity: 'warning', summary: '128 single operations were not delivered: the ring buffer was full', since: iso(Date.now() - 3000e3), age_seconds: 3000, evidence: ['ring: 128 lost, ring_full'], effect: 'Counts are complete; 128 lines are missing in traces.', advice: 'Raise aggregation.ringBytes, or trace with a narrower filter.' });
    }
    const object = o => model.objects.push({ agent: host, id: `${host}/o${model.objects.length}`, owner: 'app', uid: 1000, mode: '0600', exists_since: iso(START), state: '', place: '', users: [], ...o });
    object({ object: '/orders', mechanism: 'mq', kind: 'mq', messages: m.queue.messages, messages_limit: 10, bytes: 4096, bytes_limit: 81920, users: [php, worker].map(x => ({ process: x.process, pid: x.pid, descriptors: 1, mapped_bytes: 0 })) });
    object({ object: '/run/redis.sock', mechanism: 'unix', kind: 'unix stream', mode: '0770', messages: 0, messages_limit: 511, users: [{ process: 'redis-server', pid: redis.pid, descriptors: 1, mapped_bytes: 0 }] });
    object({ object: '32768 (0x52030b01)', mechanism: 'sysv_sem', kind: 'sysv_sem', semaphores: 3, values: [1, 0, 5], waiters: 2, owner: 'postgres', place: 'ipc:[4026532201]' });
    object({ object: '5', mechanism: 'sysv_shm', kind: 'sysv_shm', size_bytes: 67108864, resident_bytes: 65536, attachments: 0, state: 'orphan', creator_pid: 4711, mode: '0666', created: iso(START - 86400e3) });
    object({ object: 'memfd:frames', mechanism: 'shm', kind: 'shm memfd', size_bytes: 8388608, resident_bytes: 4194304, mode: '0777', users: [{ process: 'worker', pid: worker.pid, descriptors: 1, mapped_bytes: 8388608 }] });
    object({ object: '/dev/shm/cache', mechanism: 'shm', kind: 'shm', size_bytes: 1048576, resident_bytes: 1048576, state: 'removed', users: [{ process: 'php-fpm', pid: php.pid, descriptors: 0, mapped_bytes: 1048576 }] });
  }
  if (mode === 'huge') {
    const names = Array.from({ length: 60 }, (_, i) => `${pick(['svc', 'worker', 'agent', 'cache', 'proxy', 'batch'])}-${i}`);
    const all = Array.from({ length: 1890 }, () => process(pick(hosts), pick(names)));
    while (model.channels.size < 10000) { const from = pick(all); const to = pick(all.filter((x, i) => i % 40 === 3 && x.agent === from.agent)); if (to) channel(pick(['pipe', 'unix', 'tcp', 'mq', 'futex', 'fifo']), random() < 0.5 ? `/run/${pick(names)}.sock` : null, from, to, random() < 0.1 ? random() ** 3 * 900 : 0, 200, 10 ** (-6 + random() * 4), { both: random() < 0.5 }); }
    const evil = process('node-1', '<img src=x>'); channel('unix', '<script>alert(1)</script>', evil, all[0], 10, 10, 1e-5);
  }

  if (Number(mode) > 0) { // every fourth of their channels is busy
    const wanted = Number(mode);
    const all = [...model.processes.values()];
    while (all.length < wanted) all.push(process(pick(hosts), `svc-${all.length % 60}`, random() < 0.3 ? { container: `box-${all.length % 25}` } : {}));
    while (model.channels.size < wanted * 1.5) { const at = Math.floor(random() * wanted); const to = all[(at + 1 + Math.floor(random() ** 4 * 40)) % wanted]; if (to.agent === all[at].agent) channel(pick(['pipe', 'unix', 'tcp', 'mq', 'futex']), null, all[at], to, random() < 0.25 ? random() ** 3 * 900 : 0, 200, 1e-5, { full: random() < 0.03 ? 0.4 : 0 }); }
  }

  function step(tick) {
    const latency = new Map();
    for (const p of model.processes.values()) Object.assign(p, rates());
    for (const a of model.agents.values()) { if (!a.health) continue; a.health.operations_per_second = 0; a.health.channels = 0; a.health.processes = 0; if (a.state === 'live') a.last_seen = iso(Date.now()); }
    for (const p of model.processes.values()) model.agents.get(p.agent).health.processes++;
    for (const c of model.channels.values()) {
      const o = c._;
      if (!o.rate && tick > 1 && !o.dead) { model.agents.get(c.agent).health.channels++; continue; }
      c._tick = model.edges.get(`${c.id}-e`)._tick = o.from._tick = o.to._tick = tick;
      const rate = Math.max(0, o.rate * (1 + 0.25 * Math.sin(tick / 17 + c.inode) + (random() - 0.5) * 0.2));
      const p99 = o.p50 * (4 + random() * 6);
      Object.assign(c, { operations_per_second: rate * 2, written_bytes_per_second: rate * o.size, read_bytes_per_second: rate * o.size, errors_per_second: o.errors, wait_full_seconds_per_second: o.full, wait_lock_seconds_per_second: o.lock, wait_empty_seconds_per_second: 0.4, ...(rate ? { duration_p50_seconds: o.p50, duration_p99_seconds: p99, delivery_p50_seconds: o.p50 * 2, delivery_p99_seconds: p99 * 3 } : {}) });
      c.operations += Math.round(rate * 2); c.written_bytes += Math.round(rate * o.size); c.read_bytes = c.written_bytes; c.errors += o.errors > random() ? 1 : 0; c.would_block += Math.round(rate / 100);
      if (o.dead) { c.longest_wait = o.dead; if (o.dead.age_seconds > 10) o.dead.age_seconds += 1; }
      for (const p of [o.from, o.to]) { p.operations += Math.round(rate); p.written_bytes += p === o.from ? rate * o.size : 0; for (const k of ['operations_per_second', 'written_bytes_per_second', 'read_bytes_per_second']) p[k] += c[k] / 2; p.duration_p50_seconds = o.p50; p.duration_p99_seconds = Math.max(p.duration_p99_seconds ?? 0, p99); }
      o.from.wait_full_seconds_per_second += o.full; o.from.wait_lock_seconds_per_second += o.lock; if (o.dead) o.from.longest_wait = o.dead;
      const e = model.edges.get(`${c.id}-e`); e.operations_per_second = rate; e.bytes_per_second = rate * o.size; e.operations += Math.round(rate); e.delivery_p99_seconds = c.delivery_p99_seconds;
      const h = model.agents.get(c.agent).health; h.operations_per_second += rate * 2; h.channels++; h.operations += Math.round(rate * 2);
      if (rate) { const l = latency.get(c.mechanism) ?? Array(BOUNDS.length + 1).fill(0); const at = BOUNDS.findIndex(b => b >= o.p50); for (let k = -3; k < 5; k++) l[at + k] = (l[at + k] ?? 0) + Math.round(rate * Math.exp(-(k * k) / 3) / (k > 1 ? 4 : 1)); latency.set(c.mechanism, l); }
    }
    return [...latency].map(([mechanism, counts]) => ({ mechanism, counts: Array.from(counts, x => x ?? 0) }));
  }
  return { model, step, bounds: BOUNDS, wait };
}
