import type { ProcessSpec } from '../contracts/process-spec.js';
import type { StandardSchema } from '../contracts/schema.js';
import { parseJsonLater } from '../result/parse-json.js';

/**
 * The values of lines of JSON, one after the other; empty lines are passed over.
 *
 * @throws {@link OutputFormatError} for a line that is none or does not fit the schema; it says which
 */
export async function* jsonLines<T>(
  lines: AsyncIterable<string>,
  spec: ProcessSpec,
  schema: StandardSchema<T> | undefined,
): AsyncGenerator<T, void, undefined> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() !== '') yield await parseJsonLater({ spec, line }, text, schema);
  }
}
