/** A paper shown field by field to one verifier, with the nonce that she gave; told true or false without a network. */
import { hashTypedData, recoverAddress } from "viem";
import { type Hex, concat, keccak, toHex } from "../../vote/ballot/bytes";
import type { TypedData } from "../../wallet/typed";
import { type Claim, claimLeaf, claimStands, isOfSchema } from "./claims";
import type { Definition } from "./definition";
import { PaperError } from "./faults";
import { type Home, NOBODY, type OwnPaper, type Paper, claimsShown, everyPaper, isSealed, leafOf } from "./paper";

/** How long after it was signed a showing is taken. */
export const FRESH_S = 600;

/** What a verifier is handed, as its file has it. */
export interface Showing extends Home {
  definition: Definition;
  paper: Paper;
  /** The siblings of the schema's hash in the tree of claims. */
  schemaProof: readonly Hex[];
  claims: readonly Claim[];
  /** To whom, in words that she recognises. */
  verifier: string;
  /** Hers, 32 bytes. */
  nonce: Hex;
  /** Unix seconds at which it was signed. */
  at: number;
  /** The subject's; empty where the paper is about nobody. */
  signature: Hex;
}

/** What a verifier asks for. */
export interface Ask {
  verifier: string;
  nonce: Hex;
}

/** Why a verifier should not take a showing. */
export type Doubt =
  | { kind: "shownTwice"; field: string }
  | { kind: "otherSchema"; name: string }
  | { kind: "unsaid"; field: string; value: string | null }
  | { kind: "notInBatch"; number: number; count: number }
  | { kind: "otherVerifier"; verifier: string }
  | { kind: "stale" }
  | { kind: "aboutNobody" }
  | { kind: "unsigned"; subject: Hex }
  | { kind: "notYet" }
  | { kind: "ended" }
  | { kind: "otherTown" };

const TYPES = {
  Showing: [
    { name: "leaf", type: "bytes32" },
    { name: "claims", type: "bytes32" },
    { name: "verifier", type: "string" },
    { name: "nonce", type: "bytes32" },
    { name: "at", type: "uint256" },
  ],
} as const;

/** Where slips about papers are valid. */
const domainAt = ({ chain, contract }: Home): TypedData["domain"] => ({
  name: "Attestations",
  version: "1",
  chainId: chain,
  verifyingContract: contract,
});

/** What the subject signs. */
export function typedShowing(shown: Omit<Showing, "signature">): TypedData {
  const message = {
    leaf: toHex(leafOf(shown.paper)),
    claims: toHex(keccak(concat(...shown.claims.map(claimLeaf)))),
    verifier: shown.verifier,
    nonce: shown.nonce,
    at: BigInt(shown.at),
  };
  return { domain: domainAt(shown), types: TYPES, primaryType: "Showing", message };
}

/** What the subject signs, hashed. */
export const showingDigest = (shown: Omit<Showing, "signature">): Hex => hashTypedData(typedShowing(shown) as never);

/** Fields of a paper, for its subject to sign. @throws PaperError where a field is unknown, or named twice */
export function show(own: OwnPaper, fields: readonly string[], { verifier, nonce }: Ask, at_s: number): Showing {
  const twice = fields.find((field, place) => fields.indexOf(field) !== place);
  if (twice !== undefined) throw new PaperError({ kind: "fieldTwice", field: twice });
  const { chain, contract, definition, paper } = own;
  const { schemaProof, claims } = claimsShown(own, fields);
  return { chain, contract, definition, paper, schemaProof, claims, verifier, nonce, at: at_s, signature: "0x" };
}

/** Whether the key of whom the paper is about signed. */
export async function isSignedByKey(shown: Showing): Promise<boolean> {
  try {
    const signer = await recoverAddress({ hash: showingDigest(shown), signature: shown.signature });
    return signer.toLowerCase() === shown.paper.subject.toLowerCase();
  } catch {
    return false;
  }
}

/** Why a verifier should not take it, as far as that is known without a network; none when all of it is right. */
export async function doubtsOf(shown: Showing, ask: Ask, now_s: number): Promise<Doubt[]> {
  const isSigned = shown.paper.subject !== NOBODY && (await isSignedByKey(shown));
  return [
    ...claimed(shown),
    ...held(shown),
    ...asked(shown, ask, now_s),
    ...signed(shown, isSigned),
    ...timed(shown, now_s),
  ];
}

function* claimed({ definition, paper, schemaProof, claims }: Showing): Generator<Doubt> {
  const names = claims.map(({ name }) => name);
  const twice = new Set(names.filter((name, place) => names.indexOf(name) !== place));
  for (const field of twice) yield { kind: "shownTwice", field };
  if (!isOfSchema(definition, paper.claimsRoot, schemaProof)) yield { kind: "otherSchema", name: definition.name };
  for (const claim of claims) {
    if (!stands(claim, definition, paper)) yield { kind: "unsaid", field: claim.name, value: claim.value };
  }
}

function stands(claim: Claim, definition: Definition, paper: Paper): boolean {
  const isKnown = definition.fields.some(({ name }) => name === claim.name);
  return isKnown && claimStands(claim, definition, paper.claimsRoot);
}

function* held({ paper }: Showing): Generator<Doubt> {
  for (const it of everyPaper(paper)) {
    if (!isSealed(it)) yield { kind: "notInBatch", number: it.number, count: it.count };
  }
}

function* asked({ verifier, nonce, at }: Showing, ask: Ask, now_s: number): Generator<Doubt> {
  const isHers = verifier === ask.verifier && nonce.toLowerCase() === ask.nonce.toLowerCase();
  if (!isHers) yield { kind: "otherVerifier", verifier };
  if (Math.abs(now_s - at) > FRESH_S) yield { kind: "stale" };
}

function* signed({ paper: { subject } }: Showing, isSigned: boolean): Generator<Doubt> {
  if (subject === NOBODY) yield { kind: "aboutNobody" };
  else if (!isSigned) yield { kind: "unsigned", subject };
}

function* timed({ paper: { from, until } }: Showing, now_s: number): Generator<Doubt> {
  if (now_s < from) yield { kind: "notYet" };
  if (until !== 0 && now_s >= until) yield { kind: "ended" };
}
