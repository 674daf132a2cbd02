import path from 'node:path';

type Environment = Readonly<NodeJS.ProcessEnv>;

/** What Windows takes for programs without a PATHEXT. */
const DEFAULT_EXTENSIONS = '.COM;.EXE;.BAT;.CMD';

/** Where systems look without a PATH. */
export function defaultPath(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? '' : '/usr/bin:/bin';
}

/** Whether a program is named by its path, and so not searched. */
export function isProgramPath(file: string, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' ? /[/\\:]/.test(file) : file.includes('/');
}

/**
 * The directories of PATH. Its relative parts, and empty ones, which mean the working directory, are left out: whoever
 * can write there could plant a program.
 */
export function searchPath(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  return pathParts(env, platform).filter((part) => isAbsolute(part, platform));
}

/** Whether PATH has parts that depend on the working directory. */
export function hasRelativePath(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return pathParts(env, platform).some((part) => !isAbsolute(part, platform));
}

/**
 * The files that a program's name may stand for, the first one first: as `execvp(3)` looks for it, and on Windows with
 * the extensions of PATHEXT.
 *
 * @param cwd - where a path is relative to
 */
export function executableCandidates(
  file: string,
  env: Environment,
  cwd: string,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  const names = paths(platform);
  const places = isProgramPath(file, platform)
    ? [names.resolve(cwd, file)]
    : searchPath(env, platform).map((directory) => names.join(directory, file));
  if (platform !== 'win32') return places;
  return places.flatMap((place) => withExtensions(place, variable(env, 'PATHEXT', platform)));
}

/** What has an extension is tried as it is first; what has none is a program only by one, or a script. */
function withExtensions(place: string, given = DEFAULT_EXTENSIONS): readonly string[] {
  const extended = given
    .split(';')
    .filter((extension) => extension !== '')
    .map((extension) => `${place}${extension.toLowerCase()}`);
  return path.win32.extname(place) === '' ? [...extended, place] : [place, ...extended];
}

function pathParts(env: Environment, platform: NodeJS.Platform): readonly string[] {
  const value = variable(env, 'PATH', platform);
  const parts = (value ?? defaultPath(platform)).split(paths(platform).delimiter);
  // A trailing separator is an accident on Windows, and means nothing there.
  return platform === 'win32' ? parts.filter((part) => part !== '') : parts;
}

function variable(env: Environment, name: string, platform: NodeJS.Platform): string | undefined {
  if (platform !== 'win32') return Object.hasOwn(env, name) ? env[name] : undefined;
  const key = Object.keys(env).find((each) => each.toUpperCase() === name);
  return key === undefined ? undefined : env[key];
}

function isAbsolute(part: string, platform: NodeJS.Platform): boolean {
  // `\tools` is on the drive of the working directory.
  if (platform === 'win32') return /^([a-z]:[/\\]|[/\\]{2})/i.test(part);
  return part.startsWith('/');
}

function paths(platform: NodeJS.Platform): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}
