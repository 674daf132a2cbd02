/** Fakes of another kind than processes that want to be looked at after each test: those of workers. */
interface OtherFakes {
  acknowledgeStrays(): readonly Stray[];
  restore(): void;
}

/** Something that was prevented from running. */
export interface Stray {
  readonly command: string;
  readonly message: string;
}

/** Where other packages leave their fakes, found by the name of the symbol: they do not know this package. */
interface Place {
  /** Whether somebody looks after each test. */
  awaited: boolean;
  readonly fakes: Set<OtherFakes>;
}

const KEY = Symbol.for('@proc/testing/after-each-test');

/** From now on {@link takeOtherFakes} is called after each test. */
export function awaitOtherFakes(): void {
  place().awaited = true;
}

/** The fakes that were used in a test, once. */
export function takeOtherFakes(): readonly OtherFakes[] {
  const { fakes } = place();
  const taken = [...fakes];
  fakes.clear();
  return taken;
}

/** They go on being looked at. */
export function keepOtherFakes(fakes: OtherFakes): void {
  place().fakes.add(fakes);
}

function place(): Place {
  const global = globalThis as unknown as Record<symbol, Place | undefined>;
  return (global[KEY] ??= { awaited: false, fakes: new Set() });
}
