import { expect, it } from '@jest/globals';
import { quotePosix } from '../../src/command/quote.js';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

/** Every character that means something somewhere, alone and in company. */
const CORPUS = [
  ...Array.from({ length: 127 }, (_, index) => String.fromCharCode(index + 1)),
  '',
  '~',
  '~root',
  '#x',
  '=x',
  'A=b',
  '-n',
  '--',
  '!!',
  '{a,b}',
  '$(x)',
  '${x}',
  '$$',
  '`x`',
  "it's",
  `'"'"'`,
  "'",
  '\\',
  '\\n',
  'a\nb',
  ' a ',
  '\u00e9\u20ac\u{1f600}',
  '*?[a]',
];

onEveryDriver('an argument', ({ manager }) => {
  const show = sh('for x; do printf "%s\\0" "$x"; done');

  it('reaches the program byte for byte', async () => {
    const result = await manager().run([...show, ...CORPUS]);
    expect(result.stdout.split('\0').slice(0, -1)).toEqual(CORPUS);
  });

  it('survives a POSIX shell when it is quoted', async () => {
    const line = `printf '%s\\0' ${CORPUS.map(quotePosix).join(' ')}`;
    const result = await manager().command(line).shell().run();
    expect(result.stdout.split('\0').slice(0, -1)).toEqual(CORPUS);
  });

  it('means the same when the printed command line is pasted into a shell', async () => {
    const processes = manager();
    const direct = processes.command([...show, ...CORPUS]);
    const pasted = await processes.command(direct.toString()).shell().run();
    expect(pasted.stdout).toBe((await direct.run()).stdout);
  });
});
