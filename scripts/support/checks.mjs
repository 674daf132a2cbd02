import { performance } from 'node:perf_hooks';

/** Counts checks, prints one line for each, and ends with the line that `.ci/run` adds up. */
export class Checks {
  #passed = 0;
  #failed = 0;

  /** Runs one check; what it resolves with is printed behind its name. A failed check does not end the others. */
  async check(name, fn) {
    const start = performance.now();
    const took = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
    try {
      const note = await fn();
      this.#passed++;
      console.log(`ok    ${name}${note === undefined ? '' : `: ${note}`} (${took()})`);
      return true;
    } catch (error) {
      this.#failed++;
      console.log(`FAIL  ${name} (${took()})\n${indent(messageOf(error))}`);
      return false;
    }
  }

  /** Prints the totals and sets the exit code. */
  finish() {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    process.exitCode = this.#failed > 0 || this.#passed === 0 ? 1 : 0;
  }
}

/** Works off a list, at most `width` items at a time. */
export async function inParallel(items, width, work) {
  const queue = [...items];
  const lanes = Array.from({ length: width }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  });
  await Promise.all(lanes);
}

function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

function indent(text) {
  return text.replaceAll(/^/gm, '      ');
}
