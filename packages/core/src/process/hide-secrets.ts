import { isSecret } from '../redaction/secret.js';
import { SecretTable } from '../redaction/secret-table.js';
import type { ProcessDraft } from './process-draft.js';

/** The texts of a description, with marks in the place of its secrets. */
export interface HiddenTexts {
  readonly command: string | readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** The values behind the marks; `null` when there are none. */
  readonly secrets: SecretTable | null;
}

/** Puts marks in the place of a description's secrets, and takes note of their values. */
export function hideSecrets(draft: ProcessDraft): HiddenTexts {
  const { command, args, input, env } = draft;
  const texts: readonly unknown[] = [command, args, Object.values(env.set)].flat();
  if (!isSecret(input) && !texts.some(isSecret)) return withoutSecrets(draft);
  const secrets = new SecretTable(texts.flatMap(visibleText));
  if (isSecret(input)) secrets.hide(input);
  // What is neither a text nor a secret is refused by those who parse it.
  const hide = (word: unknown): string => secrets.hideWord(word) as string;
  const variables = Object.entries(env.set).map(([name, value]) => [name, hide(value)] as const);
  return {
    command: Array.isArray(command) ? command.map(hide) : (command as string | undefined),
    args: Array.isArray(args) ? args.map(hide) : undefined,
    variables: Object.fromEntries(variables),
    secrets,
  };
}

/** What anybody may see of a word: it may look like a mark. */
function visibleText(word: unknown): readonly string[] {
  if (typeof word === 'string') return [word];
  if (!isSecret(word)) return [];
  return [
    word
      .parts()
      .map(({ text, hidden }) => (hidden ? '\0' : text))
      .join(''),
  ];
}

function withoutSecrets({ command, args, env }: ProcessDraft): HiddenTexts {
  const texts = { command, args, variables: env.set, secrets: null };
  return texts as HiddenTexts;
}
