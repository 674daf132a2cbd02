import { positionOf } from './captured-values.js';
import { withInspector } from './inspector-channel.js';

/**
 * The module of Node that a function was written in, as `node:fs` or `node:internal/util`; undefined for the functions
 * of everybody else, and where the inspector does not tell. Slow: only for an error.
 */
export function nodeModuleOf(fn: (...args: never[]) => unknown): string | undefined {
  return withInspector((channel) => {
    const scriptId = positionOf(channel, fn)?.scriptId;
    const script = channel.scripts().find((each) => each.scriptId === scriptId);
    return script?.url.startsWith('node:') === true ? script.url : undefined;
  });
}

/** How to load a module of Node in a task: one that is internal has no name that could be loaded. */
export function loadingOf(module: string): string {
  const name = module.startsWith('node:internal/') ? '…' : module;
  return `await import('${name}')`;
}
