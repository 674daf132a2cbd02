import { resolve } from 'node:path';
import { codeDirectory } from '../kernel/code-directory.js';
import { defineHidden } from '../kernel/define-hidden.js';
import { probe } from '../kernel/probe.js';

/** Frames of this package and of its siblings, wherever they are installed. */
const OWN_FRAME = ownFrame(codeDirectory(__dirname));

/** Frames of Node itself. */
const NODE_FRAME = /\(?node:|<anonymous>\)?$/;

/** Frames of ours that may stand before those of the user: they must not use up the limit. */
const MOST_OWN = 20;

/** The place in somebody's code from which a run was asked for; what goes wrong with it later points there. */
export class CallSite {
  readonly #trace: { readonly stack?: unknown } = {};
  readonly #limit = Error.stackTraceLimit;

  /**
   * The caller of whatever calls this. Cheap: frames become text only when an error needs them.
   *
   * @param below - the function whose callers count
   */
  static capture(this: void, below: (...args: never[]) => unknown = CallSite.capture): CallSite {
    const site = new CallSite();
    const limit = site.#limit;
    // A realm may have frozen it; then there is what there is.
    Reflect.set(Error, 'stackTraceLimit', limit > 0 ? limit + MOST_OWN : limit);
    probe(() => {
      Error.captureStackTrace(site.#trace, below);
    });
    Reflect.set(Error, 'stackTraceLimit', limit);
    return site;
  }

  /** Gives an error the stack of the place, without frames of ours. */
  pointTo(error: Error): void {
    // Frames become text now, by a function of somebody else's where Error.prepareStackTrace is replaced.
    const frames = framesOf(probe(() => this.#trace.stack)).slice(0, this.#limit);
    if (frames.length === 0) return;
    const stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
    // An error of somebody else's may be frozen.
    probe(() => {
      defineHidden(error, 'stack', stack, { configurable: true, writable: true });
    });
  }
}

function framesOf(stack: unknown): readonly string[] {
  // Who replaces Error.prepareStackTrace may have made something else of it.
  if (typeof stack !== 'string') return [];
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const foreign = frames.filter((line) => !OWN_FRAME.test(line));
  // Nobody but Node and us: then ours tell more.
  return foreign.some((line) => !NODE_FRAME.test(line)) ? foreign : frames;
}

/** @param code - where this file is */
export function ownFrame(code: string): RegExp {
  const places = ['[\\\\/]node_modules[\\\\/]@proc'];
  // Where an application is joined to one file, it is a directory of somebody else's.
  if (/[\\/]core[\\/](?:src|dist)$/.test(code)) places.push(escaped(resolve(code, '../..')));
  return new RegExp(`(${places.join('|')})[\\\\/][^\\\\/]+[\\\\/](src|dist)[\\\\/]`);
}

function escaped(path: string): string {
  return path.replace(/[^\w]/g, '\\$&');
}
