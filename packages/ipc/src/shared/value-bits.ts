/** A value of a type that fits into 64 bits, as these bits. */
export type SharedValueType = 'i32' | 'i64' | 'f64' | 'bool';

export const SHARED_VALUE_TYPES: readonly SharedValueType[] = ['i32', 'i64', 'f64', 'bool'];

const scratch = new DataView(new ArrayBuffer(8));

export function toBits(value: number | bigint | boolean): bigint {
  if (typeof value === 'bigint') return value;
  scratch.setFloat64(0, Number(value));
  return scratch.getBigInt64(0);
}

export function fromBits(bits: bigint, type: SharedValueType): number | bigint | boolean {
  if (type === 'i64') return bits;
  scratch.setBigInt64(0, bits);
  const number = scratch.getFloat64(0);
  return type === 'bool' ? number === 1 : number;
}
