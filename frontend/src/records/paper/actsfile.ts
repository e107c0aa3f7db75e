/** Acts of a town as it publishes them: `beffroi-acts-1`, under the root that they make. */
import { array, literal, minLength, pipe, strictObject, union } from "valibot";
import { type Bytes, type Hex, fromHex, toHex } from "../../vote/ballot/bytes";
import { type Claim, ClaimTree, claimStands, isOfSchema } from "./claims";
import { type Definition, type SchemaField, requireValue, valuesOf } from "./definition";
import { PaperError } from "./faults";
import { CLAIM, account, parsed, values, whole, word32 } from "./files";
import { NOBODY, leafMade, parentsRoot } from "./paper";
import { nodesOver } from "./tree";

const REQUIRED = [
  "coll_nom",
  "coll_siret",
  "delib_id",
  "delib_date",
  "delib_matiere_code",
  "delib_matiere_nom",
  "delib_objet",
];
const VOTES = ["vote_effectif", "vote_reel", "vote_pour", "vote_contre", "vote_abstention"];
const DAYS = ["delib_date", "pref_date"];
const COLUMNS = [...REQUIRED, "budget_annee", "budget_nom", "pref_id", "pref_date", ...VOTES, "delib_url"];

const columnOf = (name: string): SchemaField => ({
  name,
  type: DAYS.includes(name) ? "date" : VOTES.includes(name) ? "integer" : "text",
  required: REQUIRED.includes(name),
});

/** SCDL's columns, then the hash of the act's text and of the call that it authorises. */
export const DELIBERATION: Definition = {
  format: "beffroi-schema-1",
  name: "deliberation",
  fields: [
    ...COLUMNS.map(columnOf),
    { name: "document", type: "hash", required: false },
    { name: "authorises", type: "hash", required: false },
  ],
};
/** What is published of an individual act. */
const OPEN_FIELDS = REQUIRED.filter((name) => name !== "delib_objet");

/** An act as everybody may read it. */
export interface Act {
  /** Its number in the register, from 0. */
  place: number;
  /** By field; those that are published. */
  values: Readonly<Record<string, string | null>>;
  /** Whether the rest is kept. */
  isIndividual: boolean;
}

/** A batch of acts, whose root is that of what it says. */
export interface PublishedActs {
  chain: number;
  contract: Hex;
  schema: number;
  issuer: Hex;
  first: number;
  root: Hex;
  acts: readonly Act[];
}

const OPEN = strictObject({ values, seed: word32 });
const INDIVIDUAL = strictObject({ claimsRoot: word32, schemaProof: array(word32), claims: array(CLAIM) });
const FILE = strictObject({
  format: literal("beffroi-acts-1"),
  chain: whole,
  contract: account,
  schema: whole,
  issuer: account,
  first: whole,
  acts: pipe(array(union([OPEN, INDIVIDUAL])), minLength(1)),
});

/** @throws PaperError where it is none, a value is of another type, or an individual act is not what was sealed */
export function readActs(text: string): PublishedActs {
  const { format: _, acts: listed, ...home } = parsed(FILE, text);
  const read = listed.map((value, at) => {
    const place = home.first + at;
    return "seed" in value ? openAct(place, value) : individualAct(place, value);
  });
  const leaves = read.map(({ act, root }) =>
    leafMade({
      number: act.place,
      subject: NOBODY,
      claimsRoot: root,
      parentsRoot: parentsRoot([]),
      from: 0,
      until: 0,
    }),
  );
  return { ...home, root: toHex(nodesOver(leaves)[0] as Bytes), acts: read.map(({ act }) => act) };
}

type Read = { act: Act; root: Bytes };

function openAct(place: number, value: { values: Record<string, string | null>; seed: Hex }): Read {
  const { root } = new ClaimTree(DELIBERATION, valuesOf(DELIBERATION, value.values), fromHex(value.seed));
  return { act: { place, values: value.values, isIndividual: false }, root };
}

function individualAct(
  place: number,
  { claimsRoot, schemaProof, claims }: { claimsRoot: Hex; schemaProof: Hex[]; claims: Claim[] },
): Read {
  const names = claims.map(({ name }) => name);
  const isComplete = names.length === OPEN_FIELDS.length && OPEN_FIELDS.every((name) => names.includes(name));
  const isSealed =
    isComplete &&
    isOfSchema(DELIBERATION, claimsRoot, schemaProof) &&
    claims.every((claim) => claimStands(claim, DELIBERATION, claimsRoot));
  if (!isSealed) throw new PaperError({ kind: "notSealed" });
  for (const field of DELIBERATION.fields) {
    const value = claims.find(({ name }) => name === field.name)?.value;
    if (value != null) requireValue(field, value);
    else if (OPEN_FIELDS.includes(field.name)) throw new PaperError({ kind: "missingValue", field: field.name });
  }
  const said = Object.fromEntries(claims.map(({ name, value }) => [name, value]));
  return { act: { place, values: said, isIndividual: true }, root: fromHex(claimsRoot) };
}
