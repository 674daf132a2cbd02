import { Process } from '@proc/process';
import { isSupported, WorkersServiceProvider } from '@proc/workers';
import { finish, row } from './rows.js';

await Process.application.register(WorkersServiceProvider);
const workers = Process.workers();

// The facade
await row('Process::isSupported()', () => isSupported('process'), true);
await row('Process::getCpuCores()', () => workers.cpuCount() >= 1, true);
await row(
  'Process::manager(), Process::pool(workerCount: 2)',
  () => workers.processPool({ size: 2 }).maxSize,
  2,
);
const tasks = [() => 1, () => 2, [(n) => n + 1, 2]];
await row(
  'Process::run($tasks, maxConcurrent: 2)',
  () => Process.tasks(tasks, { maxConcurrent: 2 }),
  [1, 2, 3],
);
const numbers = [1, 2, 3, 4, 5];
await row(
  'Process::map($items, $callback)',
  () => Process.map(numbers, (n) => n * 2),
  [2, 4, 6, 8, 10],
);
await row(
  '… with workerCount: 2',
  () => Process.map(numbers, (n) => n, { concurrency: 2 }),
  numbers,
);
await row(
  'Process::filter($items, $callback)',
  () => Process.filter(numbers, (n) => n % 2 === 0),
  [2, 4],
);
await row(
  'Process::reduce($items, $callback, 0)',
  () => Process.reduce(numbers, (sum, n) => sum + n, 0),
  15,
);
await row(
  'app("process.manager")',
  () => Process.application.get('process.workers') === workers,
  true,
);
await row(
  'app("process.pool")',
  () => Process.application.get('process.parallel').map(numbers, (n) => n + 1),
  [2, 3, 4, 5, 6],
);

// ProcessManager
const double = (n) => n * 2;
const batch = numbers.map((n) => [double, n]); // $manager->add($callback, [$n])
const run = Process.tasks(batch, { maxConcurrent: 2 }); // $manager->run(maxConcurrent: 2)
await row(
  '$manager->getRunningCount(), ->hasRunning()',
  () => Promise.resolve().then(() => run.running),
  2,
);
await row('$manager->add(…), ->run(2), ->wait()', () => run, [2, 4, 6, 8, 10]);
const endless = () => new Promise(() => undefined);
const long = Process.tasks([endless], { maxConcurrent: 1 });
await row(
  '$manager->killAll($signal)',
  () => {
    Process.parallel().killAll('SIGTERM');
    return long.catch((error) => error.name);
  },
  'AbortError',
);

// ProcessPool
const pool = workers.processPool({ size: 2 }); // new ProcessPool(workerCount: 2)
await row(
  'new ProcessPool(workerCount: 2), ->map(…)',
  () => Process.map(numbers, (n) => n ** 2, { pool }),
  [1, 4, 9, 16, 25],
);
await row('$pool->filter(…)', () => Process.filter(numbers, (n) => n > 3, { pool }), [4, 5]);
await row('$pool->reduce(…)', () => Process.reduce(numbers, (a, b) => a + b, 0, { pool }), 15);

// ForkProcess
const child = Process.fork((x, y) => x + y, [10, 20]); // new ForkProcess($callback, [10, 20])
await row('$process->start(), ->isRunning()', async () => (await child.start()).isRunning(), true);
await row('$process->getPid()', () => child.pid > 0, true);
await row(
  '$process->wait(), ->getExitCode()',
  async () => [await child.wait(), child.exitCode],
  [0, 0],
);
await row('$process->getOutput()', () => child.result(), 30);
const killed = await Process.fork(endless).start();
await row('$process->kill($signal)', () => killed.kill('SIGTERM'), true);
await row('… and its end', () => killed.wait(), null);

// Its advice
const rate = 3;
await row('use ($rate)', () => Process.map([1, 2], (n) => n * rate, { with: { rate } }), [3, 6]);
const risky = (n) => {
  if (n === 0) throw new Error('no');
  return n;
};
await row(
  'error_log($e), return null',
  async () => {
    const all = await Process.map([1, 0], risky, { onError: 'settle' });
    return all.map(({ status }) => status);
  },
  ['fulfilled', 'rejected'],
);
await row('array_chunk by hand', () => Process.map(numbers, (n) => n, { chunk: 2 }), numbers);

await Process.shutdown();
finish();
