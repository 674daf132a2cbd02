/** Says why tests do not run here: one that is left out in silence passes for one that was forgotten. */
export function leftOut(why: string): void {
  process.stdout.write(`left out: ${why}\n`);
}
