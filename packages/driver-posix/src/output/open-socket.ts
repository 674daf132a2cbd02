import { Socket } from 'node:net';
import { ownOnly, unpolluted } from '@proc/core/internal';

/** A stream of the end of a pipe. Node closes the end with it, and reads no more than it has room for. */
export function openSocket(fd: number, { readable }: { readonly readable: boolean }): Socket {
  return unpolluted(() => new Socket(ownOnly({ fd, readable, writable: !readable })));
}
