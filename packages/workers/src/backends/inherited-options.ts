/** Options that take their value as the next word. */
const WITH_VALUE = new Set(['-e', '--eval', '-p', '--print', '--input-type']);
/** What is for the main program alone: a text to run, a port of a debugger, a way to run. */
const NOT_FOR_WORKERS =
  /^(?:-e|-p|-c|-i|--eval|--print|--check|--interactive|--input-type|--inspect(?:-.*)?|--debug-.*|--test(?:-.*)?|--watch(?:-.*)?|--run|--heapsnapshot-.*|--title)(?:=|$)/;

/** The options of Node that this program was started with, without those that a worker must not have. */
export function inheritedOptions(words: readonly string[] = process.execArgv): string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!NOT_FOR_WORKERS.test(word)) kept.push(word);
    else if (WITH_VALUE.has(word)) index += 1;
  }
  return kept;
}
