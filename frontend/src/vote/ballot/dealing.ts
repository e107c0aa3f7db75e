/**
 * What a trustee says in the ceremony, message by message (docs/ceremony-format.md): the same bytes as Python's,
 * whenever
 * and wherever they are made, for all of it is derived from her one secret.
 */
import { type Bytes, concat, itemAt, keccak } from "./bytes";
import { type Ceremony, contextOf, type Deal, dealContext, maskOf, TAG_EPHEMERAL, TAG_SECRET } from "./ceremony";
import { base, INFINITY, mod, mulSecret, N, type Point } from "./group";
import type { TrusteeKeys } from "./keys";
import { type Dleq, type Knowledge, proveDleq, proveKnowledge } from "./proofs";
import { digest, tag, words } from "./transcript";

const TAG_ENROLMENT = tag("beffroi.vote.ceremony.enrolment");
const TAG_DEAL = tag("beffroi.vote.ceremony.deal");
const TAG_COMPLAINT = tag("beffroi.vote.ceremony.complaint");

/** Message 1: her encryption key, and the proof that she knows its secret. */
export function enrolment(ceremony: Ceremony, keys: TrusteeKeys): { key: Point; proof: Knowledge } {
  const ctx = digest(...contextOf(ceremony, TAG_ENROLMENT, keys.index, itemAt(ceremony.trustees, keys.index - 1)));
  return { key: keys.encryption, proof: proveKnowledge(ctx, keys.decryption, keys.scalar("nonce", ctx)) };
}

/** Messages 2 and 3: a polynomial for the trustees who enrolled, the same every time. */
export function makeDeal(ceremony: Ceremony, keys: TrusteeKeys, enrolled: ReadonlyMap<number, Point>): Deal {
  const { threshold, trustees } = ceremony;
  const receivers = trustees.map((_, place) => enrolled.get(place + 1) ?? null);
  const setting = digest(threshold, ...trustees, ...receivers.map((key) => key ?? INFINITY));
  const coefficients = keys.coefficients(threshold, setting);
  const blind = keys.ephemeral(setting);
  const bare = { commitments: coefficients.map(base), ephemeral: base(blind) };
  const prove = (label: Bytes, secret: bigint): Knowledge => {
    const ctx = dealContext(ceremony, label, keys.index, bare);
    return proveKnowledge(ctx, secret, keys.scalar("nonce", ctx));
  };
  const shares = receivers.map((key, place) => {
    if (!key) return 0n;
    const mask = maskOf(ceremony, keys.index, place + 1, mulSecret(blind, key));
    return mod(evaluate(coefficients, BigInt(place + 1)) + mask, N);
  });
  return {
    ...bare,
    secretProof: prove(TAG_SECRET, itemAt(coefficients, 0)),
    ephemeralProof: prove(TAG_EPHEMERAL, blind),
    shares,
  };
}

/** Σ_k a_k·j^k modulo N (Horner). */
const evaluate = (coefficients: readonly bigint[], j: bigint): bigint =>
  coefficients.reduceRight((value, coefficient) => mod(value * j + coefficient, N), 0n);

/** What message 2 commits to: keccak256(abi.encode(TAG_DEAL, chainid, ceremony, id, i, deal)). */
export function dealHash(ceremony: Ceremony, index: number, deal: Deal): Bytes {
  const { commitments, ephemeral, secretProof, ephemeralProof, shares } = deal;
  const head = words(...contextOf(ceremony, TAG_DEAL, index), HEAD_WORDS * 32);
  const proofs = [secretProof.e, secretProof.z, ephemeralProof.e, ephemeralProof.z];
  const sharesAt = DEAL_WORDS * 32 + 32 + 64 * commitments.length;
  const body = words(DEAL_WORDS * 32, ephemeral, ...proofs, sharesAt, commitments.length, ...commitments);
  return keccak(concat(head, body, words(shares.length, ...shares)));
}

/** Words before the deal, and of the deal before its lists. */
const HEAD_WORDS = 6;
const DEAL_WORDS = 8;

/** Message 4: opens for all to see the share that a dealer sent, so only where it is wrong. */
export function complaint(ceremony: Ceremony, keys: TrusteeKeys, dealer: number, deal: Deal): [Point, Dleq] {
  const ctx = digest(...contextOf(ceremony, TAG_COMPLAINT, dealer, keys.index));
  return proveDleq(ctx, keys.decryption, deal.ephemeral, keys.scalar("nonce", ctx, deal.ephemeral));
}
