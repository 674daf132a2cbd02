/** The queue that takes the dead letters of another one. */
export function deadLettersOf(name: string): string {
  return `${name}:dead`;
}
