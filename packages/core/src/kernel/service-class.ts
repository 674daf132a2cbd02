import type { ServiceIdentifier } from 'inversify';

/** A class that is asked for as a service. */
export type ServiceClass = ServiceIdentifier & (abstract new (...args: never[]) => unknown);

/** Hears of a class. */
type Listener = (type: ServiceClass) => void;

const classes = new Map<symbol, ServiceClass>();
/** Weak, as applications are not always shut down. */
const listeners = new Map<symbol, Set<WeakRef<Listener>>>();

/**
 * Lets a class be known by a token as well, so that a {@link DeferredProvider} can provide it although nobody has
 * loaded its module yet. Called once, by the module of the class.
 *
 * @param token - e.g. `Symbol.for('@me/clock/Clock')`
 */
export function announceClass(token: symbol, type: ServiceClass): void {
  classes.set(token, type);
  for (const listener of listeners.get(token) ?? []) listener.deref()?.(type);
}

/**
 * Hears of the class of a token: now, when it has been announced already, and whenever one is.
 *
 * @returns the listener; nothing is heard of any more as soon as nobody holds it
 */
export function onAnnouncement(token: symbol, listener: Listener): Listener {
  const known = classes.get(token);
  if (known !== undefined) listener(known);
  const all = listeners.get(token) ?? new Set();
  listeners.set(token, all);
  for (const other of all) if (other.deref() === undefined) all.delete(other);
  all.add(new WeakRef(listener));
  return listener;
}
