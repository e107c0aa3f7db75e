/** The key ceremony (docs/ceremony-format.md): what a sound deal is, and the key that sound deals make. */
import { type Bytes, itemAt, keccak } from "./bytes";
import { add, isPoint, mul, type Point, usable } from "./group";
import { type Knowledge, verifyKnowledge } from "./proofs";
import { challenge, digest, tag, type Value, words } from "./transcript";

export const TAG_SECRET = tag("beffroi.vote.ceremony.secret");
export const TAG_EPHEMERAL = tag("beffroi.vote.ceremony.ephemeral");
const TAG_MASK = tag("beffroi.vote.ceremony.mask");

export class CeremonyError extends Error {}

/** What every message is bound to; trustee j is `trustees[j − 1]`. */
export interface Ceremony {
  readonly chainId: number;
  readonly address: Bytes;
  readonly id: number;
  readonly threshold: number;
  readonly trustees: readonly Bytes[];
  /** The one contract that may use the key. */
  readonly consumer: Bytes;
}

/** What a dealer sends: commitments to a polynomial, and a masked share for each trustee. */
export interface Deal {
  readonly commitments: readonly Point[];
  readonly ephemeral: Point;
  readonly secretProof: Knowledge;
  readonly ephemeralProof: Knowledge;
  readonly shares: readonly bigint[];
}

/** h, and X_j of each trustee who holds a share, by index from 1. */
export interface PublicKeys {
  readonly h: Point;
  readonly shares: ReadonlyMap<number, Point>;
}

/** The words that begin every hash of the ceremony. */
export const contextOf = ({ chainId, address, id }: Ceremony, label: Bytes, ...rest: readonly Value[]): Value[] => [
  label,
  chainId,
  address,
  id,
  ...rest,
];

/** What a dealer's proof of knowledge is bound to. */
export function dealContext(
  ceremony: Ceremony,
  label: Bytes,
  index: number,
  deal: Pick<Deal, "commitments" | "ephemeral" | "shares">,
): Bytes {
  const { commitments, ephemeral, shares } = deal;
  const hashed = keccak(words(32, commitments.length, ...commitments));
  const masked = keccak(words(32, shares.length, ...shares));
  return digest(...contextOf(ceremony, label, index, itemAt(ceremony.trustees, index - 1), hashed, ephemeral, masked));
}

/** What hides the share of a dealer for a receiver. */
export const maskOf = (ceremony: Ceremony, dealer: number, receiver: number, dh: Point): bigint =>
  challenge(...contextOf(ceremony, TAG_MASK, dealer, receiver, dh));

/** Whether a deal is well formed and its dealer knows its secrets; the shares are each trustee's to check. */
export function verifyDeal(ceremony: Ceremony, index: number, deal: Deal): boolean {
  const { commitments, ephemeral, secretProof, ephemeralProof, shares } = deal;
  if (commitments.length !== ceremony.threshold || shares.length !== ceremony.trustees.length) return false;
  if (!commitments.every(isPoint)) return false;
  const bound = (label: Bytes): Bytes => dealContext(ceremony, label, index, deal);
  return (
    verifyKnowledge(bound(TAG_SECRET), itemAt(commitments, 0), secretProof) &&
    verifyKnowledge(bound(TAG_EPHEMERAL), ephemeral, ephemeralProof)
  );
}

/** Σ_k j^k·C_k: the public image of the share that j must receive (Feldman 1987). */
export function committed(commitments: readonly Point[], j: number): Point {
  return add(...commitments.map((point, k) => mul(BigInt(j) ** BigInt(k), point)));
}

/** h = Σ C_{i,0} and X_j = Σ_i Σ_k j^k·C_{i,k} over the qualified dealers.
 * @throws CeremonyError when one of them cannot be a key. */
export function conclude(deals: ReadonlyMap<number, Deal>, holders: readonly number[]): PublicKeys {
  const dealt = [...deals.values()].map(({ commitments }) => commitments);
  const h = add(...dealt.map((commitments) => itemAt(commitments, 0)));
  const shares = new Map(holders.map((j) => [j, add(...dealt.map((commitments) => committed(commitments, j)))]));
  if (![h, ...shares.values()].every(usable)) throw new CeremonyError("the deals cancel out: no key");
  return { h, shares };
}
