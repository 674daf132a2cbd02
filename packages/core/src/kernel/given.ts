/** Gives a private field of its subclass to an object that it has not made. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what it is for is its constructor alone
export class Given {
  constructor(object: object) {
    return object;
  }
}
