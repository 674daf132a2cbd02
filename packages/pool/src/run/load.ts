/** How much work entries are, by their weights. */
export class Load {
  readonly #counts = new Map<number, number>();

  add(weight: number): void {
    this.#counts.set(weight, (this.#counts.get(weight) ?? 0) + 1);
  }

  remove(weight: number): void {
    const count = (this.#counts.get(weight) ?? 0) - 1;
    if (count > 0) this.#counts.set(weight, count);
    else this.#counts.delete(weight);
  }

  /** In a pool of that many places, of which no entry takes more than there are. */
  in(places: number): number {
    let sum = 0;
    for (const [weight, count] of this.#counts) sum += Math.min(weight, places) * count;
    return sum;
  }
}
