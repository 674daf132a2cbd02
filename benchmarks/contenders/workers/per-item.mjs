/** A map made of a library's `run`: everything is handed to the library at once, which has a queue. */
export function perItem(run) {
  return (name, items) => Promise.all(items.map((item) => run(name, item)));
}

/** So many tasks at once, for items that are too many for a queue. */
const WIDTH = 64;

/** Results of a library's `run` for a stream of items, in their order. */
export function windowed(run) {
  return async function* (name, items) {
    const under = [];
    for await (const item of items) {
      under.push(run(name, item));
      if (under.length === WIDTH) yield await under.shift();
    }
    yield* under;
  };
}
