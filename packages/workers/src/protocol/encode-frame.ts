import { FrameSerializer } from './frame-serializer.js';
import { type Item, toText } from './plain-items.js';

/** A frame begins with the number of bytes that follow its head, and with how these are to be read. */
export const HEAD = 5;
export const Form = { text: 1, copy: 2 } as const;

/**
 * Items as bytes, for another process.
 *
 * @throws a `DataCloneError` when something in them can not be copied
 */
export function encodeFrame(items: readonly Item[]): Buffer {
  const text = toText(items);
  return text === undefined ? copyFrame(items) : textFrame(text);
}

function textFrame(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEAD + size);
  frame.write(text, HEAD);
  return withHead(frame, Form.text);
}

function copyFrame(items: readonly Item[]): Buffer {
  const serializer = new FrameSerializer();
  // Room for the head, so that what may be large is not copied once more.
  serializer.writeRawBytes(Buffer.alloc(HEAD));
  serializer.writeHeader();
  serializer.writeValue(items);
  return withHead(serializer.releaseBuffer(), Form.copy);
}

function withHead(frame: Buffer, form: number): Buffer {
  frame.writeUInt32LE(frame.length - HEAD, 0);
  frame[HEAD - 1] = form;
  return frame;
}
