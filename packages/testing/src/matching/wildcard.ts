/** Whether a pattern has a `*`. */
export function isWildcard(pattern: string): boolean {
  return pattern.includes('*');
}

/** Whether a whole text fits a pattern in which `*` stands for any run of characters, line ends included. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  // A search part by part: a regular expression could take exponential time.
  const end = text.length - last.length;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}
