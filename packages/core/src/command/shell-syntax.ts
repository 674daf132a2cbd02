/** Words that POSIX shells interpret themselves when they begin a command (POSIX.1-2017, XCU 2.4, 2.14 and 1.6). */
const POSIX_WORDS = new Set(
  (
    'if then else elif fi do done case esac while until for in { } ! . : [ alias bg break cd command continue echo ' +
    'eval exec exit export false fc fg getopts hash jobs kill local printf pwd read readonly return set shift test ' +
    'times trap true type ulimit umask unalias unset wait'
  ).split(' '),
);

/** Commands that exist only inside `cmd.exe`. */
const WINDOWS_WORDS = new Set(
  (
    'assoc break call cd chdir cls color copy date del dir dpath echo endlocal erase exit for ftype goto if keys md ' +
    'mkdir mklink move path pause popd prompt pushd rd rem ren rename rmdir set setlocal shift start time title type ' +
    'ver verify vol'
  ).split(' '),
);

const POSIX_SYNTAX = /[|&;<>()$`\\"'*?[\]\n\r!]|(?:^|\s)[#~]|^\s*\w+=/;
const WINDOWS_SYNTAX = /[|&<>()^%"\n\r]/;

/** Whether a line means something else to a shell than its words say. */
export function needsShell(line: string, platform: NodeJS.Platform = process.platform): boolean {
  const first = line.trim().split(/\s/, 1)[0] ?? '';
  return platform === 'win32'
    ? WINDOWS_SYNTAX.test(line) || WINDOWS_WORDS.has(first.toLowerCase())
    : POSIX_SYNTAX.test(line) || POSIX_WORDS.has(first);
}
