/**
 * The directory of all the code of a package: its `src`, or its `dist` where that is what runs. A file of the sources
 * may be anywhere in what is built of them.
 *
 * @param below - the directory of one of its files
 */
export function codeDirectory(below: string): string {
  return /^.*[\\/](?:src|dist)(?=[\\/]|$)/.exec(below)?.[0] ?? below;
}
