/** Whether a scope is another one or lies within it. */
export function isWithin(path: string | undefined, outer: string): boolean {
  return path !== undefined && (path === outer || path.startsWith(`${outer}/`));
}
