import { parseArgs } from 'node:util';

const USAGE = 'Usage: npm run bench -- [--only CASE]… [--rounds NUMBER] [--json] [--quick]';

/** What `npm run bench -- …` was told. Ends this program where it makes no sense. */
export function readOptions(names) {
  try {
    return optionsOf(names);
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function optionsOf(names) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
    },
  });
  for (const name of values.only) {
    if (!names.includes(name))
      throw new Error(`No case "${name}"; there are: ${names.join(', ')}.`);
  }
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error('--rounds takes a whole number from 1.');
  }
  return { ...values, rounds };
}
