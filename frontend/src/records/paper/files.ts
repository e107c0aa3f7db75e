/** Papers as files of JSON: each member, and no other. Formats: docs/papers-format.md. */
import {
  type BaseIssue,
  type BaseSchema,
  type GenericSchema,
  array,
  boolean,
  custom,
  integer,
  lazy,
  literal,
  maxValue,
  minValue,
  nullable,
  number,
  picklist,
  pipe,
  safeParse,
  strictObject,
  string,
} from "valibot";
import { isAddress } from "viem";
import type { Hex } from "../../vote/ballot/bytes";
import type { Claim } from "./claims";
import { type Definition, requireSchema, valuesOf } from "./definition";
import { PaperError } from "./faults";
import { DEEPEST, type OwnPaper, type Paper, requireFew, requireSealed } from "./paper";
import type { Showing } from "./showing";
import { TYPES } from "./types";

const PAPER = "beffroi-paper-1";
const SHOWN = "beffroi-shown-1";
const MOST_PAPERS = 2 ** 32 - 1;

export const whole = pipe(number(), integer(), minValue(0), maxValue(Number.MAX_SAFE_INTEGER));
export const account = custom<Hex>((value) => typeof value === "string" && isAddress(value, { strict: false }));
export const word32 = custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value));
/** Not valibot's record, which leaves out what is named as a member of every object is: `constructor`. */
export const values = custom<Record<string, string | null>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((it) => it === null || typeof it === "string"),
);

const FIELD = strictObject({ name: string(), type: picklist(TYPES), required: boolean() });
export const DEFINITION: GenericSchema<unknown, Definition> = strictObject({
  format: literal("beffroi-schema-1"),
  name: string(),
  fields: array(FIELD),
});

export const PAPERS: GenericSchema<unknown, Paper[]> = array(lazy(() => SHOWN_PAPER));
const SHOWN_PAPER: BaseSchema<unknown, Paper, BaseIssue<unknown>> = strictObject({
  schema: whole,
  issuer: account,
  root: word32,
  first: whole,
  count: pipe(whole, maxValue(MOST_PAPERS)),
  number: whole,
  subject: account,
  claimsRoot: word32,
  parents: PAPERS,
  from: whole,
  until: whole,
  proof: array(word32),
});

export const CLAIM: GenericSchema<unknown, Claim> = strictObject({
  name: string(),
  value: nullable(string()),
  salt: word32,
  proof: array(word32),
});

const OWN = strictObject({
  format: literal(PAPER),
  chain: whole,
  contract: account,
  definition: DEFINITION,
  paper: SHOWN_PAPER,
  values,
  seed: word32,
});

const SHOWING = strictObject({
  format: literal(SHOWN),
  chain: whole,
  contract: account,
  definition: DEFINITION,
  paper: SHOWN_PAPER,
  schemaProof: array(word32),
  claims: array(CLAIM),
  verifier: string(),
  nonce: word32,
  at: whole,
  signature: custom<Hex>((value) => typeof value === "string" && /^0x([0-9a-fA-F]{2})*$/.test(value)),
});

/** What a text says, as JSON of this form. @throws PaperError naming the member that is wrong */
export function parsed<T>(schema: GenericSchema<unknown, T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
    requireShallow(value);
  } catch (error) {
    if (error instanceof PaperError) throw error;
    throw new PaperError({ kind: "unreadable", where: "JSON" });
  }
  const read = safeParse(schema, value);
  if (read.success) return read.output;
  const where = read.issues[0].path?.map(({ key }) => String(key)).join(".") ?? "";
  throw new PaperError({ kind: "unreadable", where });
}

/** Parents within parents are read by recursion: so deep, and no deeper. */
function requireShallow(value: unknown, depth = 0): void {
  if (depth > 2 * DEEPEST + 8) throw new PaperError({ kind: "tooDeep" });
  if (value === null || typeof value !== "object") return;
  for (const inner of Object.values(value)) requireShallow(inner, depth + 1);
}

/** @throws PaperError where it is none */
export const readDefinition = (text: string): Definition => requireSchema(parsed(DEFINITION, text));

/** A holder's paper, which is what was sealed. @throws PaperError where it is none, or was changed */
export function readPaper(text: string): OwnPaper {
  const { chain, contract, definition, paper, values: said, seed } = parsed(OWN, text);
  requireSchema(definition);
  return requireSealed({ chain, contract, definition, paper, values: valuesOf(definition, said), seed });
}

/** A paper's file, byte for byte as `beffroi.records` writes it. */
export function paperText({ chain, contract, definition, paper, values: said, seed }: OwnPaper): string {
  const named = Object.fromEntries(definition.fields.map(({ name }, at) => [name, said[at] ?? null]));
  return pretty({ format: PAPER, chain, contract, definition, paper, values: named, seed });
}

/** @throws PaperError where it is none */
export function readShowing(text: string): Showing {
  const { format: _, ...shown } = parsed(SHOWING, text);
  requireSchema(shown.definition);
  requireFew(shown.paper);
  return shown;
}

/** A showing's file. */
export const showingText = (shown: Showing): string => pretty({ format: SHOWN, ...shown });

/** The same without spaces, for a code. */
export const showingLine = (shown: Showing): string => JSON.stringify({ format: SHOWN, ...shown });

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
