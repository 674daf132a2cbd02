/**
 * A copy of a view in memory of its own. What is read from a frame lies within it, among what is of others, and would
 * keep all of it for as long as it lives.
 */
export function withOwnMemory(view: NodeJS.ArrayBufferView): NodeJS.ArrayBufferView {
  const { buffer, byteOffset, byteLength } = view;
  const memory = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  if (Buffer.isBuffer(view)) return Buffer.from(memory);
  const Type = view.constructor as new (memory: ArrayBuffer) => NodeJS.ArrayBufferView;
  return new Type(memory);
}
