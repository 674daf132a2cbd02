// A pool of workers: functions that run in other processes, as many at once as there are workers.
import { EventDispatcher, Process } from '@proc/process';
import { WorkerExited, WorkersServiceProvider } from '@proc/workers';

await Process.application.register(WorkersServiceProvider);
const workers = Process.workers();

/** Something to compute. It goes to the worker as its text, so it brings along all that it needs. */
function digitSum(n) {
  return String(2n ** BigInt(n))
    .split('')
    .reduce((sum, digit) => sum + Number(digit), 0);
}

console.log('# a pool of two');
const pool = workers.processPool({ size: 2 });
console.log(await Promise.all([10, 100, 1000].map((n) => pool.run(digitSum, n))));

console.log('# something for every worker');
const answers = await pool.broadcast(() => 'here', []);
console.log(answers.map(({ status, value }) => `${status}: ${value}`));

console.log('# the same key, the same worker');
const mine = await Promise.all(
  [1, 2, 3].map(() => pool.with({ key: 'ada' }).run((context) => context.workerId)),
);
console.log(new Set(mine).size);
await pool.close();

console.log('# it grows with the work, and shrinks without');
const elastic = workers.processPool({ min: 1, max: 3, scaleUpAfter: 1, idleTimeout: 100 });
const gone = exits(elastic, 2);
const jobs = Array.from({ length: 6 }, () =>
  elastic.submit(() => new Promise((resolve) => setTimeout(resolve, 400))),
);
await Promise.all(jobs.map(({ result }) => result));
console.log('workers while there was work:', elastic.stats().started);
const stay = setInterval(() => undefined, 1000); // idle workers let a program end
await gone;
clearInterval(stay);
console.log('workers afterwards:', elastic.stats().workers.length);
await elastic.close();

console.log('# a crash costs one task, and the worker is replaced');
const sturdy = workers.processPool({ size: 1 });
const crash = await sturdy.run(() => process.exit(3)).catch((error) => error);
console.log(crash.name, crash.exitCode);
console.log(await sturdy.run(digitSum, 10));

console.log('# where it is safe to do so, a task may be tried again');
const flaky = (context) =>
  context.attempt < 3 ? process.exit(1) : `done at attempt ${context.attempt}`;
console.log(await sturdy.with({ retry: { times: 2, on: ['crash'], delay: 10 } }).run(flaky));

console.log('# a task that does not end is ended, and the next one runs');
const endless = () => {
  for (;;);
};
const late = await sturdy
  .with({ timeout: 300, grace: 0 })
  .run(endless)
  .catch((error) => error);
console.log(late.name);
console.log(await sturdy.run(digitSum, 10));

console.log('# numbers');
const { completed, failed, timedOut, retried, crashed } = sturdy.stats();
console.log({ completed, failed, timedOut, retried, crashed });

await Process.shutdown(); // closes all pools

/** Resolves when so many workers of a pool have gone. */
function exits({ id }, count) {
  return new Promise((resolve) => {
    Process.application.get(EventDispatcher).listen(WorkerExited, ({ poolId }) => {
      if (poolId === id && --count === 0) resolve();
    });
  });
}
