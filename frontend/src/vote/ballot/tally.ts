/**
 * Opening the totals, and nothing but the totals: shares with proofs, and what t of them decrypt
 * (docs/ceremony-format.md, "Decryption shares" and "Finalise").
 */
import { type Bytes, itemAt, keccak, same } from "./bytes";
import { add, INFINITY, invert, isInfinity, mod, mul, N, type Point, signer, sub } from "./group";
import { EIP712_PREFIX, type Params, separator } from "./params";
import type { Ciphertext } from "./proof";
import { type Dleq, proveDleq, verifyDleq } from "./proofs";
import { digest, tag } from "./transcript";

const TAG_SHARE = tag("beffroi.vote.tally.share");
const EIP712_SHARE = tag("Share(uint256 consultation,uint256 trustee,bytes32 sharesHash)");

/** Shares are missing, or do not belong together. */
export class TallyError extends Error {}

/** The final totals of a consultation and what a decryption share is bound to. */
export interface Closing {
  readonly params: Params;
  readonly totals: readonly Ciphertext[];
  readonly ballots: number;
}

/** D = x_j·R with its proof, for each total in order; infinity where R is infinite, and its proof is not read. */
export interface Share {
  readonly trustee: number;
  readonly parts: readonly { readonly point: Point; readonly proof: Dleq }[];
}

const NO_PROOF: Dleq = { e: 0n, w: 0n, p: INFINITY };

/** keccak256 of every R and S, in order. */
export function totalsHash(totals: readonly Ciphertext[]): Bytes {
  return digest(...totals.flatMap(({ c1, c }) => [c1, c]));
}

/** What the proof of a trustee's share of total `index` is bound to. */
function contextOf({ params: p, totals, ballots }: Closing, trustee: number, index: number): Bytes {
  return digest(
    TAG_SHARE,
    p.chainId,
    p.consultations,
    p.ceremonies,
    p.ceremony,
    p.consultation,
    trustee,
    index,
    p.h,
    itemAt(totals, index).c,
    ballots,
  );
}

/** The share of a trustee who holds x_j; `nonce` gives a fresh secret scalar for each statement. */
export function shareOf(closing: Closing, trustee: number, secret: bigint, nonce: (ctx: Bytes) => bigint): Share {
  const parts = closing.totals.map(({ c1 }, i) => {
    if (isInfinity(c1)) return { point: INFINITY, proof: NO_PROOF };
    const ctx = contextOf(closing, trustee, i);
    const [point, proof] = proveDleq(ctx, secret, c1, nonce(ctx));
    return { point, proof };
  });
  return { trustee, parts };
}

/** The hash of a share's points, by their own ABI encoding. */
export function sharesHash({ parts }: Share): Bytes {
  return digest(32, parts.length, ...parts.map(({ point }) => point));
}

/** What her wallet signs of it. */
export function shareDigest(params: Params, share: Share): Bytes {
  const slip = digest(EIP712_SHARE, params.consultation, share.trustee, sharesHash(share));
  return keccak(EIP712_PREFIX, separator(params), slip);
}

/** Whether an account signed a share; a smart account's signature shows nothing here. */
export function isSigned({ params }: Closing, share: Share, signature: Bytes, account: Bytes): boolean {
  const by = signer(shareDigest(params, share), signature);
  return by !== null && same(by, account);
}

/** Whether the share has a part for each total and every part is proven against the trustee's X_j. */
export function verifyShare(closing: Closing, key: Point, { trustee, parts }: Share): boolean {
  return (
    parts.length === closing.totals.length &&
    parts.every(({ point, proof }, i) => {
      const { c1 } = itemAt(closing.totals, i);
      return isInfinity(c1) ? isInfinity(point) : verifyDleq(contextOf(closing, trustee, i), c1, key, point, proof);
    })
  );
}

/** λ_j = Π_{i≠j} i/(i − j) modulo N for each j: Σ λ_j·f(j) = f(0).
 * @throws TallyError when the indices are not strictly increasing from 1. */
export function lagrange(indices: readonly number[]): bigint[] {
  if (!indices.length || indices.some((j, at) => j < 1 || (at > 0 && j <= itemAt(indices, at - 1))))
    throw new TallyError("trustees' indices must be strictly increasing, from 1");
  return indices.map((j) => {
    const others = indices.filter((i) => i !== j).map(BigInt);
    const product = (factor: (i: bigint) => bigint): bigint => others.reduce((all, i) => mod(all * factor(i), N), 1n);
    return mod(
      product((i) => i) *
        invert(
          product((i) => i - BigInt(j)),
          N,
        ),
      N,
    );
  });
}

/** m·G = S − Σ λ_j·D_j for each total, from exactly `threshold` shares in increasing order of trustee.
 * @throws TallyError when they are not. */
export function openTotals(closing: Closing, shares: readonly Share[], threshold: number): Point[] {
  if (shares.length !== threshold) throw new TallyError(`${threshold} shares open the totals, not ${shares.length}`);
  if (shares.some(({ parts }) => parts.length !== closing.totals.length)) throw new TallyError("a share lacks a part");
  const factors = lagrange(shares.map(({ trustee }) => trustee));
  return closing.totals.map(({ c }, i) =>
    sub(c, add(...shares.map(({ parts }, at) => mul(itemAt(factors, at), itemAt(parts, i).point)))),
  );
}
