import type { Fault } from '../wire/fault.js';

/** Thrown within the hub to reject the call at hand. It never leaves the hub. */
export class FaultSignal extends Error {
  constructor(readonly fault: Fault) {
    super(fault.code);
  }
}

/** @throws {@link FaultSignal} for an argument that can not work */
export function refuse(message: string): never {
  throw new FaultSignal({ code: 'invalid', message });
}
