import type { SecretTable } from '@proc/core/internal';

/**
 * What JSON makes of somebody's properties, without secrets. What it can not write is left out, so that nobody's data
 * keep a result from being written down.
 */
export function plainData(
  data: Readonly<Record<string, unknown>>,
  secrets: SecretTable,
): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    const written = toJson(value, secrets);
    if (written !== undefined) plain[name] = JSON.parse(written);
  }
  return plain;
}

function toJson(value: unknown, secrets: SecretTable): string | undefined {
  try {
    return JSON.stringify(value, (_name, part: unknown) =>
      typeof part === 'string' ? secrets.redact(part) : part,
    );
  } catch {
    return undefined;
  }
}
