/**
 * How many entries may run at once: a whole number from 1, `Infinity` for no limit, or `'cpus'` for what the machine
 * can do in parallel (`os.availableParallelism()`).
 */
export type Concurrency = number | 'cpus';
