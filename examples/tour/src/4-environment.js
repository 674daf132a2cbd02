// The environment: what a program finds in it, and how to keep out what is none of its business.
import { Process, secret } from '@proc/process';

process.env.TOUR_COLOR = 'green';
process.env.TOUR_TOKEN = 'not for everybody';

/** The variables of a program that begin with `TOUR_`. */
const seen = async (description) =>
  (await description.run())
    .lines()
    .filter((line) => line.startsWith('TOUR_'))
    .sort();
const env = () => Process.command(['env']);

console.log('# all of this process is inherited');
console.log(await seen(env()));

console.log('# more is added, and what is there replaced');
console.log(await seen(env().env({ TOUR_COLOR: 'red', TOUR_SIZE: 3 })));

console.log('# one is left out');
console.log(await seen(env().env({ TOUR_TOKEN: false })));

console.log('# only some are let through');
console.log(await seen(env().onlyEnv(['PATH', 'TOUR_COLOR'])));

console.log('# or none');
const none = await env().withoutInheritedEnv().env({ TOUR_ONLY: 'this' }).run();
console.log(none.lines());

console.log('# values that refer to others');
console.log(
  await seen(env().onlyEnv(['PATH']).env({ TOUR_HOME: '/srv/${TOUR_COLOR}' }).expandEnv()),
);

console.log('# a Node program reads it as any other');
const script = 'console.log(process.env.NODE_ENV, process.env.TOUR_TOKEN)';
const node = Process.command(['node', '-e', script]).onlyEnv(['PATH']);
console.log((await node.env({ NODE_ENV: 'production' }).run()).output().trim());

console.log('# settings by stage');
const settings = {
  development: { TOUR_LEVEL: 'debug' },
  production: { TOUR_LEVEL: 'warn' },
};
for (const stage of Object.keys(settings)) {
  console.log(stage, await seen(env().onlyEnv(['PATH']).env(settings[stage])));
}

console.log('# a secret gets to the program, and into no message');
const check = Process.command('test -n "$TOUR_PASSWORD" && echo "$TOUR_PASSWORD" >&2; exit 4');
const refused = await check.env({ TOUR_PASSWORD: secret('swordfish') }).run();
console.log(refused.stderr.trim(), refused.exitCode); // what the program prints is yours, as it is
console.log('in the report:', JSON.stringify(refused).includes('swordfish'));
