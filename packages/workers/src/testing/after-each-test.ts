/** Fakes that are taken back after each test, by whoever has hooks of the runner. */
interface TakenBack {
  acknowledgeStrays(): readonly { readonly command: string; readonly message: string }[];
  restore(): void;
}

interface Place {
  awaited: boolean;
  readonly fakes: Set<TakenBack>;
}

/** Known to the entry points of `@proc/testing` by this name: neither package needs the other. */
const KEY = Symbol.for('@proc/testing/after-each-test');

/** Has them looked at after the test, if there is anybody to do so. */
export function rememberFakes(fakes: TakenBack): void {
  place().fakes.add(fakes);
}

/** They were taken back. @returns whether they are looked at nevertheless */
export function forgetFakes(fakes: TakenBack): boolean {
  const { awaited, fakes: all } = place();
  if (!awaited) all.delete(fakes);
  return awaited;
}

function place(): Place {
  const global = globalThis as unknown as Record<symbol, Place | undefined>;
  return (global[KEY] ??= { awaited: false, fakes: new Set() });
}
