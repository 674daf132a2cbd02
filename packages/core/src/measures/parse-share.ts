/** The per cents of a share such as `'10%'`, above 0 and up to `most`; `undefined` for anything else. */
export function parseShare(value: unknown, most = 100): number | undefined {
  if (typeof value !== 'string') return undefined;
  const percent = Number(/^(\d+(?:\.\d+)?)%$/.exec(value)?.[1]);
  return percent > 0 && percent <= most ? percent : undefined;
}
