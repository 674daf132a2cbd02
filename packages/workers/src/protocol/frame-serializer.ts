import { Blob } from 'node:buffer';
import { types } from 'node:util';
import { DefaultDeserializer, DefaultSerializer } from 'node:v8';
import { MessagePort } from 'node:worker_threads';

const VIEW = 1;
const OBJECT = 2;

type Method = (...args: unknown[]) => unknown;

const writeView = Reflect.get(DefaultSerializer.prototype, '_writeHostObject') as Method;
const readView = Reflect.get(DefaultDeserializer.prototype, '_readHostObject') as Method;

/**
 * Copies values for another process as `child_process` does with `serialization: 'advanced'`: an object of the engine's
 * that has no copy, as of a socket, becomes a plain one. But what threads are given whole is refused: nothing of it
 * would be left here. So is what looks at shared memory, of which there would be a copy that nobody shares.
 */
export class FrameSerializer extends DefaultSerializer {
  /** Called by the engine. */
  _writeHostObject(value: object): void {
    if (types.isArrayBufferView(value)) {
      if (types.isSharedArrayBuffer(value.buffer))
        throw new TypeError('Processes share no memory.');
      this.writeUint32(VIEW);
      Reflect.apply(writeView, this, [value]);
      return;
    }
    if (types.isKeyObject(value) || value instanceof MessagePort || value instanceof Blob) {
      throw new TypeError('It can be given to a thread, and to no other process.');
    }
    this.writeUint32(OBJECT);
    this.writeValue({ ...value });
  }
}

/** Reads what a {@link FrameSerializer} has written. */
export class FrameDeserializer extends DefaultDeserializer {
  /** Called by the engine. */
  _readHostObject(): unknown {
    if (this.readUint32() !== VIEW) return this.readValue();
    return withOwnMemory(Reflect.apply(readView, this, []) as NodeJS.ArrayBufferView);
  }
}

/** What was read lies within the frame, which holds what is of others and would live on for as long. */
function withOwnMemory(view: NodeJS.ArrayBufferView): NodeJS.ArrayBufferView {
  const { buffer, byteOffset, byteLength } = view;
  const memory = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  if (Buffer.isBuffer(view)) return Buffer.from(memory);
  const Type = view.constructor as new (memory: ArrayBuffer) => NodeJS.ArrayBufferView;
  return new Type(memory);
}
