import { resolve } from 'node:path';
import { defineHidden } from '../kernel/define-hidden.js';

/** Frames of this package and of its siblings, wherever they are installed. */
const OWN_FRAME = ownFrame(resolve(__dirname, '../../..'));

/** The place in somebody's code from which a run was asked for; what goes wrong with it later points there. */
export class CallSite {
  readonly #trace: { readonly stack?: unknown } = {};

  /** The caller of whatever calls this. Cheap: frames become text only when an error needs them. */
  static capture(this: void): CallSite {
    const site = new CallSite();
    Error.captureStackTrace(site.#trace, CallSite.capture);
    return site;
  }

  /** Gives an error the stack of the place, without frames of ours. */
  pointTo(error: Error): void {
    const frames = framesOf(this.#trace.stack);
    if (frames.length === 0) return;
    const stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
    defineHidden(error, 'stack', stack, { configurable: true, writable: true });
  }
}

function framesOf(stack: unknown): readonly string[] {
  // Who replaces Error.prepareStackTrace may have made something else of it.
  if (typeof stack !== 'string') return [];
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const foreign = frames.filter((line) => !OWN_FRAME.test(line));
  return foreign.length > 0 ? foreign : frames;
}

function ownFrame(packages: string): RegExp {
  const escaped = packages.replace(/[^\w]/g, '\\$&');
  const scope = `[\\\\/]node_modules[\\\\/]@proc`;
  return new RegExp(`(${escaped}|${scope})[\\\\/][^\\\\/]+[\\\\/](src|dist)[\\\\/]`);
}
