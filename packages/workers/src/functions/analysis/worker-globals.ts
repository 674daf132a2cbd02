import { runInNewContext } from 'node:vm';

/** What Node adds to the language, in every worker of every kind. */
const NODE_GLOBALS = [
  'AbortController AbortSignal Blob BroadcastChannel Buffer ByteLengthQueuingStrategy CloseEvent CompressionStream',
  'CountQueuingStrategy Crypto CryptoKey CustomEvent DecompressionStream DOMException Event EventSource EventTarget',
  'File FormData Headers MessageChannel MessageEvent MessagePort Navigator Performance PerformanceEntry',
  'PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList',
  'PerformanceResourceTiming ReadableByteStreamController ReadableStream ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Request Response Storage',
  'SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream',
  'TransformStreamDefaultController URL URLPattern URLSearchParams WebAssembly WebSocket WritableStream',
  'WritableStreamDefaultController WritableStreamDefaultWriter atob btoa clearImmediate clearInterval clearTimeout',
  'console crypto fetch global navigator performance process queueMicrotask setImmediate setInterval setTimeout',
  'structuredClone',
]
  .join(' ')
  .split(' ');

let known: ReadonlySet<string> | undefined;

/** Whether a name means the same in a worker without anybody's doing. */
export function isWorkerGlobal(name: string): boolean {
  // Those of the language are asked for in a context that nobody has added to.
  known ??= new Set([
    ...(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]),
    ...NODE_GLOBALS.filter((name) => name in globalThis),
    'undefined',
  ]);
  return known.has(name);
}
