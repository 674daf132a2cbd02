/** How many workers each contender has. */
export const SIZE = 2;

const KINDS = { thread: 'threads', process: 'processes' };

/** A contender with workers of a type. */
export function team(kind, type, { name = kind, size = SIZE, ...further } = {}) {
  return {
    kind: `${kind} workers`,
    name: `${name}, ${KINDS[type]}`,
    argument: { type, size, ...further },
  };
}

export const ours = (type, options) => team('@proc', type, options);

/** All who have workers of a type; piscina has threads alone. `but` names those who can not do what is asked for. */
export function all(type, { but = [], ...options } = {}) {
  const peers = ['tinypool', 'workerpool', 'jest-worker', 'poolifier'];
  const names = ['@proc', ...(type === 'thread' ? ['piscina'] : []), ...peers];
  return names.filter((name) => !but.includes(name)).map((name) => team(name, type, options));
}

export const SERIAL = { kind: 'serial loop', name: 'serial loop' };
