import { type InspectorChannel, type RemoteValue, withInspector } from './inspector-channel.js';

/** What the engine knows of a variable that a function has captured. */
export interface CapturedValue {
  /** `number`, `Map`, `function`, `class`, `null`, … */
  readonly type: string;
  /** Which scope holds it: `Closure (priceAll)`, `Module`, … */
  readonly scope: string;
  /** The value itself; throws where the inspector refuses. */
  readonly value: unknown;
}

/** Where a function's text begins within its script; both from 0. */
export interface FunctionPosition {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

/** Where a function begins, as the engine counts, or undefined where it does not tell. */
export function functionPosition(fn: object): FunctionPosition | undefined {
  return withInspector((channel) => positionOf(channel, fn));
}

/** The same, over an open channel. */
export function positionOf(channel: InspectorChannel, fn: object): FunctionPosition | undefined {
  const { objectId } = channel.view(fn);
  if (objectId === undefined) return undefined;
  const { internal } = channel.properties(objectId);
  const place = internal.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
  if (place === undefined) return undefined;
  const { scriptId, lineNumber, columnNumber } = place as {
    scriptId: string;
    lineNumber: number;
    columnNumber: number;
  };
  return { scriptId, line: lineNumber, column: columnNumber };
}

/** The values of the variables with these names around a function. Those that the engine does not tell are missing. */
export function capturedValues(
  fn: object,
  names: readonly string[],
): ReadonlyMap<string, CapturedValue> {
  return withInspector((channel) => readScopes(channel, fn, names)) ?? new Map();
}

function readScopes(
  channel: InspectorChannel,
  fn: object,
  names: readonly string[],
): ReadonlyMap<string, CapturedValue> {
  const found = new Map<string, CapturedValue>();
  for (const { objectId, description = '' } of scopesOf(channel, fn)) {
    // Of the global object nothing is captured; it has a thousand names.
    if (objectId === undefined || description.startsWith('Global')) continue;
    for (const { name, value } of channel.properties(objectId).own) {
      if (value === undefined || !names.includes(name) || found.has(name)) continue;
      found.set(name, {
        type: typeText(value),
        scope: description,
        value: channel.take(value),
      });
    }
  }
  return found;
}

function scopesOf(channel: InspectorChannel, fn: object): readonly RemoteValue[] {
  const { objectId } = channel.view(fn);
  if (objectId === undefined) return [];
  const list = channel
    .properties(objectId)
    .internal.find(({ name }) => name === '[[Scopes]]')?.value;
  if (list?.objectId === undefined) return [];
  return channel.properties(list.objectId).own.flatMap(({ value }) => value ?? []);
}

function typeText({ type, subtype, className, description = '' }: RemoteValue): string {
  if (subtype === 'null') return 'null';
  if (type === 'function') return description.startsWith('class') ? 'class' : 'function';
  return type === 'object' ? (className ?? 'object') : type;
}
