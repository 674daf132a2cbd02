import type { FakeChild, FakeHandlers } from '@proc/testing';
import { FakeProcessDescription as Description } from '@proc/testing';

const describe = (): Description => new Description();

async function readAll({ stdin }: FakeChild): Promise<string> {
  let text = '';
  for await (const chunk of stdin) text += String(chunk);
  return text;
}

/** A filter that gives what a function makes of its whole input. */
function filter(change: (text: string) => string): Description {
  return describe().perform(async (child) => {
    await child.write('out', change(await readAll(child)));
  });
}

/** Fakes of the few programs that the tests which run three ways use. */
export const fakePrograms: FakeHandlers = {
  'echo *': (_, { args }) => `${args.join(' ')}\n`,
  'printf *': (_, { args }) => (args[0] ?? '').replaceAll('\\n', '\n'),
  sort: filter((text) => `${text.trimEnd().split('\n').sort().join('\n')}\n`),
  'tr b c': filter((text) => text.replaceAll('b', 'c')),
  cat: describe().perform(async (child) => {
    for await (const chunk of child.stdin) await child.write('out', chunk as Buffer);
  }),
  false: 1,
  'sleep *': describe().delay('1h'),
  'no-such-program-here *': describe().startError('ENOENT'),
  'sh -c echo no*': describe().errorOutput('no').exitCode(3),
  'sh -c echo first*': describe().output('first').errorOutput('second'),
  'sh -c echo listening*': describe().output('listening').delay('1h'),
  'sh -c exit 4': 4,
  'sh -c trap*': describe().perform(async (child) => {
    child.onSignal('SIGTERM', () => {
      void child.write('out', 'bye\n').then(() => child.exit(7));
    });
    await child.write('out', 'up\n');
    await new Promise(() => undefined);
  }),
  'echo "$TOKEN"*': (_, { env }) => `${env['TOKEN']?.toUpperCase() ?? ''}\n`,
};
