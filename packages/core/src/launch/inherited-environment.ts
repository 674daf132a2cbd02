import type { LaunchSpec } from '../contracts/process-driver.js';
import { Given } from '../kernel/given.js';
import { ownOnly } from '../kernel/own-only.js';
import { inheritedVariables, keepsVariables } from './environment.js';

/** What a launch says without its environment. */
export type LaunchWithoutEnvironment = Omit<LaunchSpec, 'env'>;

/**
 * The environment of a launch that passes on all of this process's: to read it is dear beside a short run, and a
 * driver that can hand it on as a whole need not.
 *
 * A private field, so that a copy of the launch, whose environment may be another one, does not have it.
 */
class Inheritance extends Given {
  readonly #parent: NodeJS.ProcessEnv;
  #read: unknown;
  #handedOn = false;

  constructor(launch: LaunchWithoutEnvironment, parent: NodeJS.ProcessEnv) {
    super(launch);
    this.#parent = parent;
    Object.defineProperty(launch, 'env', PROPERTY);
  }

  static get(launch: object): unknown {
    if (#parent in launch) return (launch.#read ??= inheritedVariables(launch.#parent));
    // What inherits from a launch has its environment.
    const from = Object.getPrototypeOf(launch) as object | null;
    return from === null ? inheritedVariables(process.env) : Inheritance.get(from);
  }

  static set(launch: object, value: unknown): void {
    if (#parent in launch) launch.#read = value;
    else Object.defineProperty(launch, 'env', ownOnly({ ...ASSIGNED, value }));
  }

  static settle(launch: object): void {
    if (#parent in launch && !launch.#handedOn) launch.#read ??= inheritedVariables(launch.#parent);
  }

  static parentOf(launch: object): NodeJS.ProcessEnv | undefined {
    if (!(#parent in launch) || launch.#read !== undefined) return undefined;
    // Somebody may have defined another one in its place.
    const property: { readonly get?: unknown } | undefined = Object.getOwnPropertyDescriptor(
      launch,
      'env',
    );
    return property?.get === PROPERTY.get ? launch.#parent : undefined;
  }

  static handOn(launch: object): void {
    if (#parent in launch) launch.#handedOn = true;
  }
}

/** How an assignment makes a property of what inherits from a launch. */
const ASSIGNED = { writable: true, enumerable: true, configurable: true };

/** One for all, so that all launches have the same shape. */
const PROPERTY: PropertyDescriptor = Object.freeze({
  __proto__: null,
  get(this: object): unknown {
    return Inheritance.get(this);
  },
  set(this: object, value: unknown): void {
    Inheritance.set(this, value);
  },
  enumerable: true,
  configurable: true,
});

/** Completes a launch whose environment is all of a parent's; it is read when somebody asks for it. */
export function inheriting(
  launch: LaunchWithoutEnvironment,
  parent: NodeJS.ProcessEnv = process.env,
): LaunchSpec {
  new Inheritance(launch, parent);
  return launch as LaunchSpec;
}

/**
 * What the environment of a launch is all of, if nobody has read it, who might have changed it; `undefined` where it is
 * another one.
 */
export function inheritedBy(launch: LaunchSpec): NodeJS.ProcessEnv | undefined {
  const parent = Inheritance.parentOf(launch);
  return parent === undefined || keepsVariables(parent) ? undefined : parent;
}

/** To be said by a driver that has taken what a launch inherits as it is now. */
export function handOnInherited(launch: LaunchSpec): void {
  Inheritance.handOn(launch);
}

/** Lets the environment of a launch be what it is now, whatever becomes of this process's. */
export function settleEnvironment(launch: LaunchSpec): void {
  Inheritance.settle(launch);
}

/** Where to look one variable up, without reading all of them. */
export function environmentToSearch(launch: LaunchSpec): NodeJS.ProcessEnv {
  return Inheritance.parentOf(launch) ?? launch.env;
}
