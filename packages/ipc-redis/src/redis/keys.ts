/** The names of all keys of a namespace. They share one slot, where Redis has such. */
export class Keys {
  constructor(private readonly namespace: string) {}

  /** Who has the hub: its id, for as long as its lease lasts. */
  get hub(): string {
    return this.#key('hub');
  }

  /** How many fencing tokens have been set aside for hubs. */
  get tokens(): string {
    return this.#key('tokens');
  }

  /** What comes for a hub. */
  hubStream(id: string): string {
    return this.#key(`hub:${id}`);
  }

  /** There for as long as the lease of a link lasts; says who it is. */
  lease(link: string): string {
    return this.#key(`lease:${link}`);
  }

  /** What comes for the other end of a link. */
  linkStream(link: string): string {
    return this.#key(`link:${link}`);
  }

  #key(name: string): string {
    return `proc:ipc:{${this.namespace}}:${name}`;
  }
}
