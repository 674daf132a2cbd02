import tasks from '../../fixtures/workers/tasks.cjs';

/** No workers: a loop in this very thread. */
export function serial() {
  return {
    map: (name, items) => items.map((item) => tasks[name](item)),
    async *stream(name, items) {
      for await (const item of items) yield tasks[name](item);
    },
  };
}
