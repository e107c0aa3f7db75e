import { type Address, type Hex, getAddress, isAddress, isHash, keccak256, toHex } from "viem";
import { isParcelId, tokenOf } from "../land/parcel";
import { parseAmount } from "../money/amount";

/** What an officer fills in; everything travels as text, in forms and in links, and is read once. */
export type FieldKind =
  | "address"
  | "amount" // with a comma or a point; cents
  | "parcel" // the fourteen characters
  | "document" // a reference in words, or the hash of a file
  | "number" // a whole number: of a sale, a permit, a redemption
  | "word" // 32 bytes
  | "person" // a kind of resident
  | "supply" // how much Cred a mandate starts with
  | "moment"; // a day, until its end

export interface Field {
  name: string;
  kind: FieldKind;
}

/** Why a text is not what a field wants. */
export type Fault =
  | "empty"
  | "address"
  | "amount"
  | "parcel"
  | "number"
  | "word"
  | "moment"
  | "past"
  | "part"
  | "units"
  | "left"
  | "percent";

export type Value = Address | Hex | bigint;
export type Parsed = { ok: true; value: Value } | { ok: false; fault: Fault };

const good = (value: Value): Parsed => ({ ok: true, value });
const bad = (fault: Fault): Parsed => ({ ok: false, fault });

/** The 32 bytes that stand for a document: of a file its own hash, of words theirs. */
export const documentHash = (text: string): Hex => (isHash(text) ? text : keccak256(toHex(text.trim())));

/** Reads what was typed into a field. */
export function parse(kind: FieldKind, typed: string): Parsed {
  const text = typed.trim();
  if (text === "") return bad("empty");
  switch (kind) {
    case "address":
      return isAddress(text) ? good(getAddress(text)) : bad("address");
    case "amount": {
      const { cents } = parseAmount(text);
      return cents === null ? bad("amount") : good(cents);
    }
    case "parcel":
      return isParcelId(text.toUpperCase()) ? good(tokenOf(text.toUpperCase())) : bad("parcel");
    case "document":
      return good(documentHash(text));
    case "number":
    case "person":
      return /^\d{1,60}$/.test(text) ? good(BigInt(text)) : bad("number");
    case "supply":
      return /^[01]$/.test(text) ? good(BigInt(text)) : bad("number");
    case "word":
      return isHash(text) ? good(text) : bad("word");
    case "moment": {
      const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T23:59:59Z`) : NaN;
      return Number.isNaN(day) ? bad("moment") : good(BigInt(Math.floor(day / 1000)));
    }
  }
}

/** A form before anything is typed. */
export const emptyOf = (fields: readonly Field[]): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.map(({ name }) => [name, ""]));

export type Values = Readonly<Record<string, Value>>;

/** Reads a whole form: every value, or every fault. */
export function parseAll(
  fields: readonly Field[],
  typed: Readonly<Record<string, string>>,
): { values: Values; faults: null } | { values: null; faults: Readonly<Record<string, Fault>> } {
  const values: Record<string, Value> = {};
  const faults: Record<string, Fault> = {};
  for (const { name, kind } of fields) {
    const parsed = parse(kind, typed[name] ?? "");
    if (parsed.ok) values[name] = parsed.value;
    else faults[name] = parsed.fault;
  }
  return Object.keys(faults).length === 0 ? { values, faults: null } : { values: null, faults };
}
