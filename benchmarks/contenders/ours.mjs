import { createProcess } from '@proc/process';

/** Our own packages with one driver. Every name in `driverNames()` makes a contender of its own. */
export async function ours(driver) {
  const processes = await createProcess({ default: driver });

  return {
    close: () => processes.shutdown(),

    async run(argv) {
      const result = await processes.run(argv);
      return { exitCode: result.exitCode, text: result.stdout };
    },

    async pool(argv, { count, width }) {
      const commands = Array.from({ length: count }, () => argv);
      const results = await processes.pool(commands, { concurrency: width }).run();
      return results.successCount;
    },

    async pipe(stages) {
      const result = await processes.pipe(stages).streaming().run();
      return { successful: result.successful(), text: result.stdout };
    },

    async pipeSequentially(stages) {
      const result = await processes.pipe(stages).run();
      return { successful: result.successful(), text: result.stdout };
    },

    async strictPipe(stages) {
      const pipeline = processes.pipe(stages).streaming().pipefail('strict');
      const result = await pipeline.run();
      return { failedStage: result.failedStage?.key, text: result.stdout };
    },

    async capture(argv) {
      const result = await processes.run(argv);
      return { exitCode: result.exitCode, bytes: () => result.bytes().length };
    },

    async discard(argv) {
      const result = await processes.command(argv).quietly().run();
      return { exitCode: result.exitCode };
    },

    async lines(argv) {
      let count = 0;
      const running = await processes.start(argv);
      for await (const line of running.lines()) if (line !== '') count++;
      await running.wait();
      return count;
    },

    async input(argv, bytes) {
      const result = await processes.command(argv).input(bytes).run();
      return result.stdout;
    },

    /** Resolves with a function that ends them all, once every one of them runs. */
    async hold(argv, count) {
      const held = await Promise.all(Array.from({ length: count }, () => processes.start(argv)));
      return () => Promise.all(held.map((one) => one.stop('1s')));
    },
  };
}
