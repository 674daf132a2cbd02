/** Where a member is, until it leaves. */
interface Place<Member extends object> {
  member: Member | undefined;
}

/**
 * Who is there at the moment, in the order of entry.
 *
 * For members that come and go for as long as the program runs. A `Set` of them makes itself a new table every now and
 * then, and leaves the old one behind with all who were there, and with a reference to the next; as soon as one of the
 * tables is old, only a full collection frees those members. The tables of this one hold places, which are empty then.
 */
export class Roster<Member extends object> implements Iterable<Member> {
  readonly #places = new Set<Place<Member>>();

  get size(): number {
    return this.#places.size;
  }

  /** @returns what takes it out again; to be called once */
  enter(member: Member): () => void {
    const place: Place<Member> = { member };
    this.#places.add(place);
    return () => {
      place.member = undefined;
      this.#places.delete(place);
    };
  }

  *[Symbol.iterator](): Generator<Member, undefined> {
    for (const { member } of this.#places) if (member !== undefined) yield member;
  }
}
