/** What papers of a schema say: fields in order, each of one type. Bytes: docs/papers-format.md. */
import { type Bytes, keccak, utf8 } from "../../vote/ballot/bytes";
import { PaperError } from "./faults";
import { hashLeaf } from "./tree";
import { FORMS, type FieldType, isPlain } from "./types";

export interface SchemaField {
  /** Small letters, digits, underscores. */
  name: string;
  type: FieldType;
  required: boolean;
}

/** A schema as its file and the chain have it. */
export interface Definition {
  format: "beffroi-schema-1";
  name: string;
  fields: readonly SchemaField[];
}

/** Values in the fields' order; null where a paper has none. */
export type Values = readonly (string | null)[];

const MOST_FIELDS = 64;
const DATA_URI = "data:application/json;charset=utf-8,";
const NAME = /^[a-z][a-z0-9_]{0,39}$/;

/** @throws PaperError where it is no schema */
export function requireSchema(definition: Definition): Definition {
  const names = definition.fields.map(({ name }) => name);
  const isOne =
    definition.name !== "" &&
    isPlain(definition.name) &&
    names.length > 0 &&
    names.length <= MOST_FIELDS &&
    names.every((name) => NAME.test(name)) &&
    new Set(names).size === names.length;
  if (!isOne) throw new PaperError({ kind: "noSchema" });
  return definition;
}

/** With keys in order and no spaces. */
function canonical({ format, name, fields }: Definition): string {
  const inOrder = fields.map((field) => ({ name: field.name, required: field.required, type: field.type }));
  return JSON.stringify({ fields: inOrder, format, name });
}

/** Its hash: keccak of its canonical JSON. */
export const schemaHash = (definition: Definition): Bytes => keccak(utf8(canonical(definition)));

/** What stands before the claims in their tree. */
export const schemaLeaf = (definition: Definition): Bytes => hashLeaf(schemaHash(definition));

/** Whether two say the same of their papers. */
export const isSameSchema = (one: Definition, other: Definition): boolean => canonical(one) === canonical(other);

/** As Python's `urllib.parse.quote` writes it: a URI that holds the definition. */
export function schemaUri(definition: Definition): string {
  const quoted = encodeURIComponent(canonical(definition)).replaceAll("%2F", "/");
  return DATA_URI + quoted.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The JSON that a schema's own URI holds; null where it stands elsewhere. */
export function schemaTextOf(uri: string): string | null {
  if (!uri.startsWith(DATA_URI)) return null;
  try {
    return decodeURIComponent(uri.slice(DATA_URI.length));
  } catch {
    return null;
  }
}

/**
 * Where a field's claim stands: from 1 on, the schema's hash being at 0.
 *
 * @throws PaperError where it has no such field
 */
export function placeOf({ fields }: Definition, field: string): number {
  const place = fields.findIndex(({ name }) => name === field) + 1;
  if (place === 0) throw new PaperError({ kind: "unknownField", field });
  return place;
}

/** @throws PaperError where a value is not of its field's type */
export function requireValue({ name, type }: SchemaField, value: string): void {
  if (!FORMS[type](value)) throw new PaperError({ kind: "wrongValue", field: name, value, type });
}

/**
 * The values of a paper in the fields' order.
 *
 * @throws PaperError where a field is unknown, one that is required is missing, or a value is of another type
 */
export function valuesOf(definition: Definition, given: Readonly<Record<string, string | null>>): Values {
  for (const name of Object.keys(given)) placeOf(definition, name);
  return definition.fields.map((field) => {
    const value = Object.hasOwn(given, field.name) ? (given[field.name] ?? null) : null;
    if (value !== null) requireValue(field, value);
    else if (field.required) throw new PaperError({ kind: "missingValue", field: field.name });
    return value;
  });
}
