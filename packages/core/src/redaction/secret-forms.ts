import { toUSVString } from 'node:util';
import { bareText } from './bare-reader.js';

/** Lines of a secret shorter than this are not looked for one by one. */
const SHORTEST_LINE = 6;
/** Shorter values are hidden where they were given, but not looked for in other text: every third word would match. */
const SHORTEST = 3;
/** Shorter encodings, or remains of an escaped value, are as good as random text. */
const SHORTEST_ENCODED = 5;
const SHORTEST_BARE = 6;
/** Of longer values what matters most is looked for: themselves, their lines, and their bare forms. */
const LONG = 1024;

/**
 * What a text that reads like a bare form must be like: an encoding may be wrapped and indented in any way, but what is
 * only escaped must show it. Else the secret `pass word` would be found in every `password`.
 */
export type BareKind =
  /** With its width in the text, where it is in one piece. */
  { readonly width: number } | 'escaped';

/**
 * The ways in which a secret value may appear in text, character by character: as it is, without blanks around it, line
 * by line, and escaped for URLs, JSON, shells and HTML in the commonest ways. Others are found by {@link bareForms}.
 */
export function plainForms(value: string): ReadonlySet<string> {
  const trimmed = value.trim();
  const lines = trimmed.split(/\r?\n/);
  const texts = new Set([value, trimmed, lines.join('\r\n'), lines.join('\n')].flatMap(spellings));
  for (const line of lines.length > 1 ? lines : []) {
    const text = line.trim();
    if (text.length >= SHORTEST_LINE) texts.add(text);
  }
  const forms = [...texts].flatMap((text) =>
    text.length > LONG ? [text] : [text, ...escaped(text)],
  );
  return new Set(forms.filter((form) => form.length >= SHORTEST));
}

/**
 * The bare content (see `BareReader`) of what encoders make of a secret value: of all that escape it in whatever way,
 * of base64 (at every offset in the encoded text, with either alphabet) and of hexadecimal.
 */
export function bareForms(value: string): ReadonlyMap<string, BareKind> {
  const forms = new Map<string, BareKind>();
  const trimmed = value.trim();
  const lines = trimmed.length > LONG ? [] : trimmed.split(/\r?\n/).map((line) => line.trim());
  const texts = [value, trimmed, ...lines.filter((line) => line.length >= SHORTEST_LINE)];
  for (const encoding of texts.flatMap(encoded)) {
    const form = bareText(encoding);
    const width = encoding.replace(/^[+/]+|[+/]+$/g, '').length;
    if (form.length >= SHORTEST_ENCODED) forms.set(form, { width });
  }
  for (const form of [...texts, value.normalize('NFD')].map(bareText)) {
    if (form.length >= SHORTEST_BARE && !forms.has(form)) forms.set(form, 'escaped');
  }
  return forms;
}

/** The same text as others may have it: composed in another way, or read in another encoding. */
function spellings(text: string): readonly string[] {
  const latin1 = Buffer.from(text).toString('latin1');
  return [text, toUSVString(text), text.normalize('NFC'), text.normalize('NFD'), latin1];
}

/** Forms in which most characters stay what they are. */
function escaped(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const component = encodeURIComponent(toUSVString(text));
  const form = new URLSearchParams({ '': text }).toString().slice(1);
  return [
    json,
    json.replaceAll('/', '\\/'),
    asciiOnly(json),
    JSON.stringify(json).slice(1, -1),
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll("'", "\\'"),
    text.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&'),
    ...[component, strict(component), form].flatMap((url) => [
      url,
      url.replace(/%../g, (code) => code.toLowerCase()),
      url.replaceAll('%20', '+'),
    ]),
    encodeURI(toUSVString(text)),
    html(text),
  ];
}

function encoded(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  return [hex, hex.toUpperCase(), ...[0, 1, 2].map((offset) => base64At(bytes, offset))];
}

/**
 * What base64 makes of bytes that stand `offset` bytes behind the begin of a group of three: only the characters that
 * do not depend on what stands before and after them.
 */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(first, last);
}

function asciiOnly(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** RFC 3986 reserves a few characters that `encodeURIComponent` leaves. */
function strict(component: string): string {
  return component.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
