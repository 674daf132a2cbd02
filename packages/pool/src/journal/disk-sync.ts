import { fdatasync } from 'node:fs';

/** Waits until a file is on the disk: once for all that ask while the disk is at work. */
export class DiskSync {
  readonly #descriptor: number;
  #underWay: Promise<void> | undefined;
  #following: Promise<void> | undefined;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Resolves when all that is written by now will survive the machine; rejects with the system's error. */
  reached(): Promise<void> {
    if (this.#underWay === undefined) return this.#begin();
    // What is under way may have begun before the last write.
    this.#following ??= this.#underWay.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#following;
  }

  #begin(): Promise<void> {
    this.#following = undefined;
    const underWay = synced(this.#descriptor).finally(() => {
      if (this.#underWay === underWay) this.#underWay = undefined;
    });
    this.#underWay = underWay;
    return underWay;
  }
}

function synced(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(descriptor, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
