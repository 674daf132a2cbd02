/** Where a member is, until it leaves. */
interface Place<Member extends object> {
  member: Member | undefined;
}

/**
 * Who is there at the moment, in the order of entry.
 *
 * For members that come and go for as long as the program runs. A `Set` or `Map` of them makes itself a new table every
 * now and then, and leaves the old one behind with all who were there, and with a reference to the next; as soon as one
 * of the tables is old, only a full collection frees those members. The tables of this one hold places, which are empty
 * then.
 */
export class Roster<Member extends object> implements Iterable<Member> {
  /** By the key of the member, where it has one, and otherwise by the place itself. */
  readonly #places = new Map<unknown, Place<Member>>();

  get size(): number {
    return this.#places.size;
  }

  /**
   * @param id - by which it can be found; of no other member
   * @returns what takes it out again; to be called once
   */
  enter(member: Member, id?: string): () => void {
    const place: Place<Member> = { member };
    const key = id ?? place;
    this.#places.set(key, place);
    return () => {
      place.member = undefined;
      this.#places.delete(key);
    };
  }

  /** The member that has entered with this id and has not left. */
  get(id: string): Member | undefined {
    return this.#places.get(id)?.member;
  }

  *[Symbol.iterator](): Generator<Member, undefined> {
    for (const { member } of this.#places.values()) if (member !== undefined) yield member;
  }
}
