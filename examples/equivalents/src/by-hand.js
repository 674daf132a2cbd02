import { Readable } from 'node:stream';
import { Ipc, IpcHub, IpcServiceProvider } from '@proc/ipc';
import { EventDispatcher, PipelineFailedError, Process, secret } from '@proc/process';
import { WorkerExited, WorkersServiceProvider } from '@proc/workers';
import { finish, row } from './rows.js';

await Process.application.register(WorkersServiceProvider);
await Process.application.register(IpcServiceProvider);
const ipc = Process.application.get(Ipc);
const fruit = 'pear\napple\n';

// 1. Streams
await row(
  'a.stdout.pipe(b.stdin)',
  async () => (await Process.pipe(['sort', 'head -n 1']).input(fruit).run()).lines(),
  ['apple'],
);
await row(
  'child.stdin.write(…), .end()',
  async () => {
    const child = await Process.command('cat').interactive().start();
    await child.write('one\n');
    await child.closeInput();
    return (await child.wait()).stdout;
  },
  'one\n',
);
await row(
  'waiting for "drain"',
  async () => (await Process.input(Readable.from([fruit, fruit])).run('wc -l')).stdout.trim(),
  '4',
);
await row(
  'stdout and stderr apart',
  async () => {
    const { stdout, stderr } = await Process.run('echo a; echo b >&2');
    return [stdout, stderr];
  },
  ['a\n', 'b\n'],
);
await row(
  'child.stdout.on("data"), split into lines',
  async () => {
    const lines = [];
    for await (const line of Process.command(['printf', 'a\nb\n']).lines()) lines.push(line);
    return lines;
  },
  ['a', 'b'],
);
await row(
  'several outputs as one',
  async () => {
    const seen = [];
    const pool = Process.pool((each) => {
      each.as('x').command('echo 1');
      each.as('y').command('echo 2');
    });
    await pool.start((_type, chunk, key) => seen.push(`${key}:${chunk.trim()}`));
    return seen.sort();
  },
  ['x:1', 'y:2'],
);

// 2. Messages
const echo = "process.on('message', (message) => process.send(message))";
await row(
  'fork(file), child.send(…), child.on("message")',
  async () => {
    const child = await Process.command(['node', '-e', echo]).ipc().start();
    const answer = await child.request({ id: 1, text: 'hi' }, '20s');
    await child.disconnect();
    await child.wait();
    return answer;
  },
  { id: 1, text: 'hi' },
);
const served = await ipc.serve('square', (value) => {
  if (value < 0) throw new RangeError('negative');
  return value ** 2;
});
await row('ids and a map of promises', () => ipc.call('square', [7], { timeout: '5s' }), 49);
await row(
  '{ error: message } as an answer',
  () => ipc.call('square', [-1]).catch((error) => error.remoteName),
  'RangeError',
);
await served.close();
await row(
  'send() to each worker in a loop',
  async () => {
    const news = ipc.channel('news');
    const all = [await news.subscribe(), await news.subscribe()];
    await news.publish('hello');
    return Promise.all(all.map((each) => each.next()));
  },
  ['hello', 'hello'],
);
await row(
  'an array of messages that wait',
  async () => {
    const queue = ipc.queue('jobs');
    await queue.put('first');
    return queue.get();
  },
  'first',
);
await row(
  'setInterval(() => child.send("ping"))',
  async () => {
    const { sessions } = await ipc.stats();
    return (
      sessions.every(({ state }) => state === 'alive') &&
      Process.application.get(IpcHub) instanceof IpcHub
    );
  },
  true,
);

// 3. Signals
const sleeper = () => Process.command(['sleep', '600']);
await row(
  'child.kill("SIGTERM")',
  async () => {
    const child = await sleeper().start();
    child.signal('SIGTERM');
    return (await child.wait()).signal;
  },
  'SIGTERM',
);
await row(
  'SIGKILL by setTimeout after SIGTERM',
  async () => {
    const stubborn = 'trap "" TERM; echo up; while :; do sleep 0.1; done';
    const child = await Process.command(stubborn).killWith('SIGTERM', '50ms').start();
    await child.expect('up', '20s');
    return (await child.stop()).signal;
  },
  'SIGKILL',
);
await row(
  'process.on("SIGTERM", …)',
  () => {
    const stop = Process.application.listenForSignals(); // ends all that was started, then this process
    const listening = process.listenerCount('SIGTERM') > 0;
    stop();
    return listening;
  },
  true,
);
await row(
  'children.forEach((child) => child.kill())',
  async () => {
    const children = await Promise.all([sleeper().start(), sleeper().start()]);
    await Promise.all(children.map((child) => child.stop()));
    return children.map((child) => child.running());
  },
  [false, false],
);

// 4. Environment
process.env.BY_HAND = 'inherited';
const show = () => Process.command('echo "$BY_HAND $MORE"');
const shown = async (description) => (await description.run()).stdout.trim();
await row('spawn(file, args)', () => shown(show()), 'inherited');
await row(
  'env: { ...process.env, MORE: "1" }',
  () => shown(show().env({ MORE: '1' })),
  'inherited 1',
);
await row('env: { PATH, MORE }', () => shown(show().onlyEnv(['PATH']).env({ MORE: '1' })), '1');
await row('env: {}', () => shown(Process.command(['/usr/bin/env']).withoutInheritedEnv()), '');
await row('delete env.BY_HAND', () => shown(show().env({ BY_HAND: false })), '');
await row(
  '`${process.env.BY_HAND}/bin`',
  () => shown(show().env({ MORE: '${BY_HAND}/bin' }).expandEnv()),
  'inherited inherited/bin',
);
await row(
  'secrets that must not be logged',
  () => String(Process.command(['login', secret('swordfish')])),
  "login '[secret]'",
);

// 5. Pools
const workers = Process.workers();
await row(
  'class WorkerPool, round-robin',
  async () => {
    const pool = workers.processPool({ size: 2, strategy: 'round-robin' });
    return Promise.all([1, 2].map((n) => pool.run((value) => value * 2, n)));
  },
  [2, 4],
);
await row(
  'workers.find((worker) => !worker.busy)',
  () => workers.processPool({ strategy: 'least-busy' }).run(() => 1),
  1,
);
await row(
  'more workers for a long queue',
  async () => {
    const pool = workers.processPool({ min: 0, max: 2, scaleUpAfter: 1 });
    const jobs = [1, 2, 3, 4].map(() =>
      pool.run(() => new Promise((resolve) => setTimeout(resolve, 100))),
    );
    await Promise.all(jobs);
    return pool.stats().started;
  },
  2,
);
await row(
  'worker.on("exit", startAnother)',
  async () => {
    const pool = workers.processPool({ size: 1 });
    const lost = await pool.run(() => process.exit(1)).catch((error) => error.name);
    return [lost, await pool.run(() => 'goes on')];
  },
  ['WorkerCrashedError', 'goes on'],
);
await row(
  'counting what was done',
  async () => {
    const pool = workers.processPool({ size: 1 });
    const events = Process.application.get(EventDispatcher);
    const gone = new Promise((resolve) =>
      events.listen(WorkerExited, ({ poolId }) => poolId === pool.id && resolve(true)),
    );
    await pool.run(() => 1);
    const { completed, failed } = pool.stats();
    await pool.close();
    return [completed, failed, await gone];
  },
  [1, 0, true],
);

// 6. Pipes
await row(
  'three processes',
  async () =>
    (await Process.pipe(['sort', 'uniq', 'wc -l']).streaming().input(fruit).run()).stdout.trim(),
  '2',
);
await row(
  'new Transform(…) between them',
  async () => {
    const result = await Process.pipe(['sort', (line) => line.toUpperCase(), 'cat'])
      .streaming()
      .input(fruit)
      .run();
    return result.lines();
  },
  ['APPLE', 'PEAR'],
);
await row(
  'stream.pipeline(…), and its error',
  async () => {
    const result = await Process.pipe(['echo a', 'exit 3', 'cat']).run();
    const error = await Promise.resolve(result)
      .then((each) => each.throw())
      .catch((thrown) => thrown);
    return [result.failedStage.result.exitCode, PipelineFailedError.is(error)];
  },
  [3, true],
);
await row(
  'a pipeline made in a loop',
  async () => {
    const stages = ['sort'];
    for (const word of ['pear']) stages.push(['grep', '-v', word]);
    return (await Process.pipe(stages).input(fruit).run()).lines();
  },
  ['apple'],
);
await row(
  'one output for two readers',
  async () => {
    const result = await Process.pipe((pipe) => {
      pipe.command('sort');
      pipe.branch({ count: ['wc -l'], first: ['head -n 1'] });
    })
      .streaming()
      .input(fruit)
      .run();
    return [result.branch('count').stdout.trim(), result.branch('first').stdout.trim()];
  },
  ['2', 'apple'],
);

await Process.shutdown();
finish();
