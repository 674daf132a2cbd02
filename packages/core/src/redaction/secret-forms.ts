import { toUSVString } from 'node:util';

/** Lines of a secret shorter than this are not looked for one by one. */
const SHORTEST_LINE = 6;
/** Shorter values are hidden where they were given, but not looked for in other text: every third word would match. */
const SHORTEST = 3;
/** Shorter encodings are as good as random text. */
const SHORTEST_ENCODED = 5;

/**
 * The ways in which a secret value may appear in text: as it is, without blanks around it, line by line, and encoded
 * for URLs, JSON, shells and HTML, in base64 (at every offset in the encoded text) and in hexadecimal.
 */
export function secretForms(value: string): ReadonlySet<string> {
  const forms = new Set<string>();
  const trimmed = value.trim();
  const lines = trimmed.split(/\r?\n/);
  const plain = [value, trimmed, lines.join('\r\n'), lines.join('\n')];
  for (const form of plain.flatMap((text) => [text, ...escaped(text)])) {
    if (form.length >= SHORTEST) forms.add(form);
  }
  for (const form of [value, trimmed].flatMap(encoded)) {
    if (form.length >= SHORTEST_ENCODED) forms.add(form);
  }
  for (const line of lines.length > 1 ? lines : []) {
    const text = line.trim();
    if (text.length < SHORTEST_LINE) continue;
    for (const form of [text, ...escaped(text), ...encoded(text)]) forms.add(form);
  }
  return forms;
}

/** Forms in which most characters stay what they are. */
function escaped(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const component = encodeURIComponent(toUSVString(text));
  return [
    json,
    json.replaceAll('/', '\\/'),
    asciiOnly(json),
    JSON.stringify(json).slice(1, -1),
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", "\\'"),
    ...[component, strict(component)].flatMap((url) => [
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
  const percent = hex.replace(/../g, '%$&');
  const base64 = [0, 1, 2].map((offset) => base64At(bytes, offset));
  return [
    hex,
    hex.toUpperCase(),
    percent,
    percent.toUpperCase(),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
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
