/** What a look at a foreign object tells; `undefined` when it does not let itself be looked at (a revoked proxy). */
export function probe<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
