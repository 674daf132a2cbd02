import { realClock } from './real-clock.js';

type Write = NodeJS.WriteStream['write'];
type Receiver = (stream: 1 | 2, text: string) => void;

/** Gives what this worker prints to a function. What is not printed by JavaScript goes the way it went. */
export function redirectOutput(receive: Receiver): void {
  process.stdout.write = writeTo(receive, 1);
  process.stderr.write = writeTo(receive, 2);
}

function writeTo(receive: Receiver, stream: 1 | 2): Write {
  return (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    const encoding = typeof rest[0] === 'string' ? (rest[0] as BufferEncoding) : undefined;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
    receive(stream, bytes.toString());
    const done = rest.find((each) => typeof each === 'function') as (() => void) | undefined;
    if (done !== undefined) realClock.nextTick(done);
    return true;
  };
}
