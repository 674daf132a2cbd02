import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A place in somebody's code; the line counts from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** `src/price.ts:12`, short where the file is below the working directory. */
export function placeText({ file, line }: Place): string {
  const here = `${process.cwd()}/`;
  return `${file.startsWith(here) ? file.slice(here.length) : file}:${line}`;
}

/** The path of a script, which Node names by path or by URL. */
export function scriptFile(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

/** The place that a place of compiled code came from; that place itself where the script has no map of its own. */
export function originalPlace(
  script: { readonly url: string; readonly sourceMapURL?: string },
  line: number,
  column: number,
): Place {
  const compiled = { file: scriptFile(script.url), line: line + 1 };
  const payload = inlinePayload(script.sourceMapURL);
  if (payload === undefined) return compiled;
  const entry = new SourceMap(payload).findEntry(line, column);
  return 'originalLine' in entry ? { ...compiled, line: entry.originalLine + 1 } : compiled;
}

function inlinePayload(url: string | undefined): SourceMapPayload | undefined {
  const [, data] = /^data:application\/json[^,]*;base64,(.*)$/.exec(url ?? '') ?? [];
  if (data === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as SourceMapPayload;
  } catch {
    return undefined;
  }
}
