// Pipes: the output of one process is the input of the next.
import { PipelineFailedError, Process } from '@proc/process';

const fruit = 'pear\napple\nfig\napple\n';

console.log('# two processes');
console.log(
  (
    await Process.pipe(['sort', ['uniq', '-c']])
      .input(fruit)
      .run()
  )
    .lines()
    .map(trim),
);

console.log('# more of them, all at once, joined by pipes of the system');
const top = await Process.pipe(['sort', ['uniq', '-c'], ['sort', '-rn'], ['head', '-n', '1']])
  .streaming()
  .input(fruit)
  .run();
console.log(
  top.lines().map(trim),
  top.stages.map(({ result }) => result.exitCode),
);

console.log('# functions between them');
const numbered = await Process.pipe((pipe) => {
  pipe.command('sort');
  pipe.through((line) => line.toUpperCase());
  pipe.through(async function* (lines) {
    let number = 0;
    for await (const line of lines) yield `${++number} ${line}`;
  });
  pipe.command(['tail', '-n', '2']);
})
  .streaming()
  .input(fruit)
  .run();
console.log(numbered.lines());

console.log('# a reader that has enough ends the writer');
const some = await Process.pipe(['yes', ['head', '-n', '2']])
  .streaming()
  .run();
console.log(some.lines(), some.successful());

console.log('# which stage has failed');
const failed = await Process.pipe((pipe) => {
  pipe.as('source').command('echo data');
  pipe.as('check').command('echo "no good" >&2; exit 4');
  pipe.as('target').command('cat');
}).run();
console.log(failed.successful(), failed.failedStage.key, failed.failedStage.result.exitCode);
console.log(PipelineFailedError.is(await caught(() => failed.throw())));

console.log('# stages from a list');
const filters = { wanted: 'p', unwanted: 'pear' };
const stages = [
  'sort',
  ['grep', filters.wanted],
  ...(filters.unwanted ? [['grep', '-v', filters.unwanted]] : []),
];
console.log((await Process.pipe(stages).input(fruit).run()).lines());

console.log('# one output for two');
const split = await Process.pipe((pipe) => {
  pipe.command('sort');
  pipe.branch({ lines: ['wc -l'], first: [['head', '-n', '1']] });
})
  .streaming()
  .input(fruit)
  .run();
console.log(trim(split.branch('lines').output()), trim(split.branch('first').output()));

console.log('# a conversation with a pipeline');
const talk = await Process.pipe([
  ['node', 'src/programs/shout.js'],
  ['node', 'src/programs/shout.js'],
])
  .streaming()
  .interactive()
  .start();
const answers = talk.lines();
await talk.write('anybody there?\n');
console.log((await answers.next()).value);
await talk.closeInput();
console.log((await talk.wait()).successful());

function trim(text) {
  return text.trim().replaceAll(/\s+/g, ' ');
}

async function caught(fn) {
  try {
    return await fn();
  } catch (error) {
    return error;
  }
}
