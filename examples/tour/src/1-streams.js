// Streams: what a process prints is there as it comes, and what it reads is taken from you as it asks for it.
import { Process } from '@proc/process';

console.log('# lines, while the process runs');
for await (const line of Process.command(['seq', '3']).lines()) console.log(line);

console.log('# both streams, apart');
const both = await Process.run('echo fine; echo careful >&2');
console.log({ stdout: both.stdout, stderr: both.stderr });

console.log('# input from a generator');
let made = 0;
async function* numbers() {
  for (;;) yield `${++made}\n`;
}
const three = await Process.input(numbers()).run(['head', '-n', '3']);
console.log(three.lines());
// The generator has no end. It was asked only for as much as the pipe could take.
console.log('made without need:', made > 1_000_000 ? 'a lot' : 'a pipe full at most');

console.log('# a slow reader holds a fast writer back');
const endless = await Process.start(['yes', 'again']);
let seen = 0;
for await (const line of endless.lines()) {
  console.log(line);
  if (++seen === 2) break; // `yes` is not ahead by more than what the pipe and a buffer hold
}
const stopped = await endless.stop();
console.log(stopped.signal);

console.log('# a conversation');
const shout = await Process.command(['node', 'src/programs/shout.js']).interactive().start();
const answers = shout.lines();
for (const word of ['hello', 'goodbye']) {
  await shout.write(`${word}\n`);
  console.log(word, '->', (await answers.next()).value);
}
await shout.closeInput();
console.log('exit code', (await shout.wait()).exitCode);

console.log('# many processes as one stream');
async function* tagged(name, command) {
  for await (const line of Process.command(command).lines()) yield `${name}: ${line}`;
}
async function collect(lines, into) {
  for await (const line of lines) into.push(line);
}
const merged = [];
await Promise.all([
  collect(tagged('numbers', ['seq', '2']), merged),
  collect(tagged('letters', ['printf', 'a\nb\n']), merged),
]);
console.log(merged.sort());
