import { existsSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';

/** A directory or file of this machine, and the name that stands for it. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/**
 * Puts `{project}`, `{tmp}`, `{home}` and `{node}` in the place of paths of this machine, and takes them back. What
 * looked like that before gets one more brace, so that nothing is lost.
 */
export class PathPlaceholders {
  readonly #places: readonly Place[];
  readonly #project: string;
  readonly #hidden: RegExp;
  readonly #shown: RegExp;

  constructor(project: string, places: readonly Place[] = placesOfThisMachine()) {
    this.#project = project;
    const all = [{ name: 'project', path: project }, ...places];
    const useful = all.filter(({ path }) => parse(path).root !== path);
    // The longest first: the project may lie in the home directory.
    this.#places = useful.sort((a, b) => b.path.length - a.path.length);
    const names = String.raw`\{+(?:${NAMES.join('|')})\}`;
    const paths = this.#places.map(({ path }) => escapeRegExp(path)).join('|');
    // A whole path, or its beginning: neither the middle of another one nor a part of a name.
    this.#hidden = new RegExp(String.raw`${names}|(?<![\w{./\\-])(?:${paths})(?![\w-])`, 'g');
    this.#shown = new RegExp(names, 'g');
  }

  /** Of the project that a cassette belongs to: from its directory upwards the first with a `package.json`. */
  static around(directory: string): PathPlaceholders {
    return new PathPlaceholders(projectOf(directory));
  }

  hide(text: string): string {
    return text.replace(this.#hidden, (found) => {
      if (found.startsWith('{')) return `{${found}`;
      const place = this.#places.find(({ path }) => path === found);
      return `{${place?.name ?? ''}}`;
    });
  }

  show(text: string): string {
    return text.replace(this.#shown, (found) => {
      if (found.startsWith('{{')) return found.slice(1);
      const place = this.#places.find(({ name }) => `{${name}}` === found);
      return place?.path ?? found;
    });
  }

  /** A directory: relative to the project where it lies in it, with `/` between its parts. */
  directory(path: string | null): string {
    const absolute = resolve(path ?? process.cwd());
    const inProject = relative(this.#project, absolute);
    const isInside = !isAbsolute(inProject) && inProject.split(sep)[0] !== '..';
    if (!isInside) return this.hide(absolute).replaceAll(sep, '/');
    return inProject === '' ? '.' : inProject.replaceAll(sep, '/');
  }
}

const NAMES = ['project', 'tmp', 'realtmp', 'home', 'node'];

function placesOfThisMachine(): readonly Place[] {
  const tmp = resolve(tmpdir());
  const realTmp = realpathSync(tmp);
  return [
    { name: 'node', path: process.execPath },
    { name: 'tmp', path: tmp },
    ...(realTmp === tmp ? [] : [{ name: 'realtmp', path: realTmp }]),
    { name: 'home', path: resolve(homedir()) },
  ];
}

function projectOf(directory: string): string {
  let current = resolve(directory);
  while (!existsSync(join(current, 'package.json'))) {
    const parent = dirname(current);
    if (parent === current) return resolve(directory);
    current = parent;
  }
  return current;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
