import { types } from 'node:util';
import { DefaultDeserializer, DefaultSerializer } from 'node:v8';

const VIEW = 1;
const OBJECT = 2;

/** Node's own, less strict: an object of the engine's that has no copy, as of a socket, becomes a plain one. */
interface HostWriter {
  _writeHostObject(value: object): void;
}
interface HostReader {
  _readHostObject(): unknown;
}
const { _writeHostObject: writeView } = DefaultSerializer.prototype as unknown as HostWriter;
const { _readHostObject: readView } = DefaultDeserializer.prototype as unknown as HostReader;

/** Copies values for another process as `child_process` does with `serialization: 'advanced'`. */
export class FrameSerializer extends DefaultSerializer {
  /** Called by the engine. */
  _writeHostObject(value: object): void {
    if (types.isArrayBufferView(value)) {
      this.writeUint32(VIEW);
      writeView.call(this as unknown as HostWriter, value);
      return;
    }
    this.writeUint32(OBJECT);
    this.writeValue({ ...value });
  }
}

/** Reads what a {@link FrameSerializer} has written. */
export class FrameDeserializer extends DefaultDeserializer {
  /** Called by the engine. */
  _readHostObject(): unknown {
    return this.readUint32() === VIEW
      ? readView.call(this as unknown as HostReader)
      : this.readValue();
  }
}
