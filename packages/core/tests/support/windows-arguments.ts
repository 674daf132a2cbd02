/**
 * Splits a command line as the Microsoft C runtime does ("Parsing C command-line arguments"), without the program's
 * name: blanks separate; quotes group; 2n backslashes before a quote are n backslashes and the quote groups, 2n+1 are
 * n backslashes and the quote is a character; any other backslash is one; inside quotes, two quotes are a character.
 */
export function splitWindowsArguments(line: string): readonly string[] {
  const args: string[] = [];
  let position = 0;
  const at = (index: number): string => line.charAt(index);
  while (position < line.length) {
    if (at(position) === ' ' || at(position) === '\t') {
      position++;
      continue;
    }
    let arg = '';
    for (let quoted = false; position < line.length; position++) {
      let slashes = 0;
      while (at(position + slashes) === '\\') slashes++;
      if (at(position + slashes) === '"') {
        arg += '\\'.repeat(Math.floor(slashes / 2));
        position += slashes;
        if (slashes % 2 === 1) arg += '"';
        else if (quoted && at(position + 1) === '"') {
          arg += '"';
          position++;
        } else quoted = !quoted;
      } else if (slashes > 0) {
        arg += '\\'.repeat(slashes);
        position += slashes - 1;
      } else if (!quoted && (at(position) === ' ' || at(position) === '\t')) {
        break;
      } else {
        arg += at(position);
      }
    }
    args.push(arg);
  }
  return args;
}
