import { IpcClosedError } from '../errors/ipc-closed-error.js';

/**
 * Waits until something is given back at the end of a block. Where the connection has been closed within the block,
 * that has given it back already.
 */
export async function givenBack(release: Promise<void>): Promise<void> {
  try {
    await release;
  } catch (error) {
    if (!IpcClosedError.is(error)) throw error;
  }
}
