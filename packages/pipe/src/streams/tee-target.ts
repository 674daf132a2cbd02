import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@proc/core';
import { webStreamHint } from '@proc/core/internal';

/** What gets a copy: a stream, which is not ended, or the path of a file, which is truncated first. */
export type TeeTarget = Writable | string | URL;

/** A file that gets the output, and what becomes of what is in it. */
export interface FileTarget {
  readonly path: string | URL;
  readonly append: boolean;
}

/** Whether it says where a file is. */
export function isPath(target: unknown): target is FileTarget['path'] {
  return target instanceof URL ? isFileUrl(target) : typeof target === 'string' && target !== '';
}

/** A path or a file URL as a path. */
export function pathOf(file: FileTarget['path']): string {
  return typeof file === 'string' ? file : fileURLToPath(file);
}

/** Some name no file of this machine: those with a host, or with an encoded slash. */
function isFileUrl(url: URL): boolean {
  try {
    return fileURLToPath(url) !== '';
  } catch {
    return false;
  }
}

/** @throws {@link InvalidArgumentError} for what can not get a copy */
export function requireTeeTarget(target: unknown): void {
  if (isPath(target)) return;
  if (typeof target === 'object' && target !== null && 'write' in target && 'on' in target) return;
  throw new InvalidArgumentError(
    `tee() takes a writable stream, a path or a file URL.${webStreamHint(target)}`,
  );
}

/** A target in words: its path, or what kind of stream it is. */
export function describeTee(target: TeeTarget): string {
  return isPath(target) ? pathOf(target) : `[${target.constructor.name}]`;
}

/** A target as a part of what a pipeline does: a file by its place, whatever the working directory will be. */
export function teeFingerprint(target: TeeTarget): string {
  return isPath(target) ? resolve(pathOf(target)) : describeTee(target);
}
