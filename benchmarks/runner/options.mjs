import { parseArgs } from 'node:util';

/** What `npm run bench -- …` was told. */
export function readOptions(names) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
    },
  });
  for (const name of values.only) {
    if (!names.includes(name)) throw new Error(`no case "${name}"; there are: ${names.join(', ')}`);
  }
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error('--rounds takes a whole number from 1');
  }
  return { ...values, rounds };
}
