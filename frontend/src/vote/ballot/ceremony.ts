/**
 * The key ceremony, as its events tell it (docs/ceremony-format.md): is the ballots' key the sum of what the trustees
 * dealt, and which share is a trustee's own?
 */
import { type Bytes, itemAt, keccak, same } from "./bytes";
import type { Event } from "./events";
import { add, base, INFINITY, isInfinity, isPoint, mod, mul, mulSecret, N, type Point, usable } from "./group";
import type { TrusteeKeys } from "./keys";
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
  deal: Pick<Deal, "commitments" | "ephemeral">,
): Bytes {
  const { commitments, ephemeral } = deal;
  const hashed = keccak(words(32, commitments.length, ...commitments));
  return digest(...contextOf(ceremony, label, index, itemAt(ceremony.trustees, index - 1), hashed, ephemeral));
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

/** The share that a dealer sent to this trustee; null when it does not fit the commitments. */
export function unmask(ceremony: Ceremony, keys: TrusteeKeys, dealer: number, deal: Deal): bigint | null {
  const dh = mulSecret(keys.decryption, deal.ephemeral);
  const share = mod(itemAt(deal.shares, keys.index - 1) - maskOf(ceremony, dealer, keys.index, dh), N);
  return same(base(share), committed(deal.commitments, keys.index)) ? share : null;
}

/** x_j = Σ_i s_ij over the qualified dealers, read again from their deals.
 * @throws CeremonyError when one of them sent this trustee a wrong share (she should have complained). */
export function secretShare(ceremony: Ceremony, keys: TrusteeKeys, deals: ReadonlyMap<number, Deal>): bigint {
  let total = 0n;
  for (const [dealer, deal] of deals) {
    const share = unmask(ceremony, keys, dealer, deal);
    if (share === null) throw new CeremonyError(`dealer ${dealer} sent this trustee a wrong share`);
    total += share;
  }
  return mod(total, N);
}

/** Everything said in one ceremony; fed its events in the chain's order. */
export class CeremonyReplay {
  ceremony: Ceremony | null = null;
  readonly enrolled = new Map<number, Point>();
  readonly deals = new Map<number, Deal>();
  readonly excluded = new Set<number>();
  keys: PublicKeys | null = null;

  /** The keys announced; (0, 0) for who holds nothing. */
  announce(h: Point, shareKeys: readonly Point[]): void {
    const held = shareKeys.flatMap((key, j): [number, Point][] => (isInfinity(key) ? [] : [[j + 1, key]]));
    this.keys = { h, shares: new Map(held) };
  }

  /** The deals that make the key: those of the dealers who were not excluded. */
  get qualified(): Map<number, Deal> {
    return new Map([...this.deals].filter(([i]) => !this.excluded.has(i)).sort(([a], [b]) => a - b));
  }

  /** The trustees who hold a share: enrolled and not excluded. */
  get holders(): number[] {
    return [...this.enrolled.keys()].filter((j) => !this.excluded.has(j)).sort((a, b) => a - b);
  }

  /** Whether every deal is proven and the keys announced are those that the qualified deals give. */
  get sound(): boolean {
    const { ceremony, keys, qualified } = this;
    if (!ceremony || !keys || qualified.size < ceremony.threshold) return false;
    if (![...qualified].every(([index, deal]) => verifyDeal(ceremony, index, deal))) return false;
    try {
      const own = conclude(qualified, this.holders);
      const keysAgree = [...own.shares].every(([j, key]) => same(key, keys.shares.get(j) ?? INFINITY));
      return same(own.h, keys.h) && keysAgree && own.shares.size === keys.shares.size;
    } catch (error) {
      if (error instanceof CeremonyError) return false;
      throw error;
    }
  }
}

/** Feeds one event of a ceremony to its replay. */
export function replayEvent(
  replay: CeremonyReplay,
  event: Extract<Event, { id: number }>,
  place: { chainId: number; ceremonies: Bytes },
): void {
  switch (event.name) {
    case "ceremony-opened": {
      const { id, threshold, trustees } = event;
      replay.ceremony = {
        chainId: place.chainId,
        address: place.ceremonies,
        id,
        threshold,
        trustees,
      };
      return;
    }
    case "enrolled":
      replay.enrolled.set(event.index, event.key);
      return;
    case "dealt":
      replay.deals.set(event.index, event.deal);
      return;
    case "excluded":
      replay.excluded.add(event.index);
      return;
    case "key-ready":
      replay.announce(event.key, event.shareKeys);
  }
}
