/** The types of fields, and the one form of each value. */

export const TYPES = ["text", "integer", "date", "boolean", "address", "hash"] as const;
export type FieldType = (typeof TYPES)[number];

/** Control characters, ends of lines and paragraphs, and whatever turns the direction of a line (Bidi_Control). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a text may not hold
const STRANGE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** Whether a text stands in one line, and nothing in it moves what is shown. */
export const isPlain = (text: string): boolean => !STRANGE.test(text);

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith("0000")) return false;
  const at = new Date(`${text}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** Whether a text is a value of a type, in its one form. */
export const FORMS: Readonly<Record<FieldType, (text: string) => boolean>> = {
  text: (text) => text !== "" && isPlain(text.replace(/[\n\t]/g, "")),
  integer: (text) => /^(0|-?[1-9][0-9]{0,77})$/.test(text),
  date: isDay,
  boolean: (text) => text === "true" || text === "false",
  address: (text) => /^0x[0-9a-f]{40}$/.test(text) && !/^0x0{40}$/.test(text),
  hash: (text) => /^0x[0-9a-f]{64}$/.test(text),
};
