/** The contract Attestations, through a node: whether a paper holds now, and what its series is. */
import { type Address, type Hex, getAbiItem, parseAbi } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { isContract } from "../../chain/code";
import { logs } from "../../chain/logs";
import { attestationsAbi } from "../../generated/Attestations";
import { fromHex, toHex } from "../../vote/ballot/bytes";
import { type Definition, isSameSchema, schemaTextOf } from "../paper/definition";
import { PaperError } from "../paper/faults";
import { readDefinition } from "../paper/files";
import { NOBODY, type Paper, everyPaper, parentsRoot } from "../paper/paper";
import { type Showing, isSignedByKey, showingDigest } from "../paper/showing";

/** Papers in a word of marks. */
export const BITS = 256;
const OPENED = getAbiItem({ abi: attestationsAbi, name: "SchemaOpened" });
const ERC_1271 = parseAbi(["function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)"]);
const MAGIC: Hex = "0x1626ba7e";

/** Why a paper does not hold now, or one that it rests on. */
export type ChainDoubt = { paper: Paper } & (
  | { kind: "noBatch" }
  | { kind: "otherPlaces"; first: number; last: number }
  | { kind: "revoked" }
  | { kind: "disowned" }
  | { kind: "holdsNot" }
  | { kind: "schemaElsewhere" }
  | { kind: "schemaDiffers"; name: string }
);

/** What a series is, as the chain tells it. */
export interface SeriesState {
  /** Who issues and revokes. */
  key: Address;
  /** Unix seconds at which its accreditation ends. */
  until_s: number;
  /** The number of its next paper. */
  next: number;
}

const attestations = () => at("Attestations", attestationsAbi);

/** A paper as the contract's ABI takes it. */
export const paperArgument = (paper: Paper) => ({
  schema: BigInt(paper.schema),
  issuer: paper.issuer,
  root: paper.root,
  number: BigInt(paper.number),
  subject: paper.subject,
  claimsRoot: paper.claimsRoot,
  parentsRoot: toHex(parentsRoot(paper.parents)),
  from: paper.from,
  until: paper.until,
  proof: paper.proof,
});

/** A series; null where nobody was accredited by that name. */
export async function seriesOf(schema: number, issuer: Address): Promise<SeriesState | null> {
  const call = { functionName: "seriesOf", args: [BigInt(schema), issuer] } as const;
  const { key, until, next } = await readContract(chain(), { ...attestations(), ...call });
  return key === NOBODY ? null : { key, until_s: Number(until), next: Number(next) };
}

/** The revoked and the used bits of 256 papers. */
async function marksOf(schema: number, issuer: Address, word: number): Promise<readonly [bigint, bigint]> {
  const call = { functionName: "marksOf", args: [BigInt(schema), issuer, BigInt(word)] } as const;
  return readContract(chain(), { ...attestations(), ...call });
}

export type TakenBack = "revoked" | "disowned";

/** Which of a series' papers are revoked or disowned, by their numbers. */
export async function takenBack(
  schema: number,
  issuer: Address,
  numbers: readonly number[],
): Promise<Map<number, TakenBack>> {
  const words = [...new Set(numbers.map((number) => Math.floor(number / BITS)))];
  const call = { functionName: "disownedOf", args: [BigInt(schema), issuer] } as const;
  const [[from, to], ...marks] = await Promise.all([
    readContract(chain(), { ...attestations(), ...call }),
    ...words.map((word) => marksOf(schema, issuer, word)),
  ]);
  const revoked = new Map(words.map((word, place) => [word, marks[place]?.[0] ?? 0n] as const));
  const isRevoked = (it: number): boolean =>
    (((revoked.get(Math.floor(it / BITS)) ?? 0n) >> BigInt(it % BITS)) & 1n) === 1n;
  return backOf(numbers, isRevoked, [Number(from), Number(to)]);
}

/** The same, by a list of bits and a range, its end excluded. */
export function backOf(
  numbers: readonly number[],
  isRevoked: (number: number) => boolean,
  [from, to]: readonly [number, number],
): Map<number, TakenBack> {
  return new Map(
    numbers.flatMap((it): [number, TakenBack][] => {
      if (it >= from && it < to) return [[it, "disowned"]];
      return isRevoked(it) ? [[it, "revoked"]] : [];
    }),
  );
}

/** Whether a paper was used. */
export async function isUsed({ schema, issuer, number }: Paper): Promise<boolean> {
  const [, used] = await marksOf(schema, issuer, Math.floor(number / BITS));
  return ((used >> BigInt(number % BITS)) & 1n) === 1n;
}

/** A schema as it was opened. */
export interface OpenedSchema {
  schema: number;
  accreditor: Address;
  name: string;
  /** What its papers say; null where its URI does not hold it. */
  definition: Definition | null;
}

function definitionIn(uri: string): Definition | null {
  try {
    return readDefinition(schemaTextOf(uri) ?? "");
  } catch (error) {
    if (error instanceof PaperError) return null;
    throw error;
  }
}

/** Every schema, or that of a number, in the order of their numbers. */
export async function schemasOpened(schema?: number): Promise<OpenedSchema[]> {
  const { address } = attestations();
  const args = schema === undefined ? {} : { args: { schema: BigInt(schema) } };
  const opened = await logs({ address, event: OPENED, ...args });
  return opened.map(({ args: told }) => ({
    schema: Number(told.schema),
    accreditor: told.accreditor,
    name: told.name,
    definition: definitionIn(told.uri),
  }));
}

async function holds(paper: Paper): Promise<boolean> {
  const call = { functionName: "holds", args: [paperArgument(paper)] } as const;
  return readContract(chain(), { ...attestations(), ...call });
}

async function whyNot(paper: Paper): Promise<ChainDoubt> {
  const { schema, issuer, root, number } = paper;
  const series = [BigInt(schema), issuer] as const;
  const [batch, [revoked], [from, to]] = await Promise.all([
    readContract(chain(), { ...attestations(), functionName: "batchOf", args: [...series, root] }),
    marksOf(schema, issuer, Math.floor(number / BITS)),
    readContract(chain(), { ...attestations(), functionName: "disownedOf", args: series }),
  ]);
  const [first, count] = [Number(batch.first), Number(batch.count)];
  if (count === 0) return { paper, kind: "noBatch" };
  if (first !== paper.first || count !== paper.count) {
    return { paper, kind: "otherPlaces", first, last: first + count - 1 };
  }
  if ((revoked >> BigInt(number % BITS)) & 1n) return { paper, kind: "revoked" };
  return number >= from && number < to ? { paper, kind: "disowned" } : { paper, kind: "holdsNot" };
}

/** Why a paper does not hold now, or one that it rests on; none where all do. */
export async function chainDoubts(paper: Paper): Promise<ChainDoubt[]> {
  const found = await Promise.all(
    [...everyPaper(paper)].map(async (it) => ((await holds(it)) ? [] : [await whyNot(it)])),
  );
  return found.flat();
}

/** The same of a paper that is shown, whose schema must be that of the chain. */
export async function showingDoubts({ paper, definition }: Showing): Promise<ChainDoubt[]> {
  const [doubts, [opened]] = await Promise.all([chainDoubts(paper), schemasOpened(paper.schema)]);
  if (!opened?.definition) return [...doubts, { paper, kind: "schemaElsewhere" }];
  const isOther = !isSameSchema(opened.definition, definition);
  return isOther ? [...doubts, { paper, kind: "schemaDiffers", name: opened.name }] : doubts;
}

/** Whether whom a paper is about signed: by a key, or as a smart account that says so (ERC-1271). */
export async function isSignedOnChain(shown: Showing): Promise<boolean> {
  if (await isSignedByKey(shown)) return true;
  const { subject } = shown.paper;
  if (!(await isContract(subject))) return false;
  const hash = showingDigest(shown);
  const call = { functionName: "isValidSignature", args: [hash, shown.signature] } as const;
  const answer = await readContract(chain(), { address: subject, abi: ERC_1271, ...call }).catch(() => null);
  return answer !== null && toHex(fromHex(answer)) === MAGIC;
}
