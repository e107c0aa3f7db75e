/**
 * What a trustee says in the ceremony, message by message (docs/ceremony-format.md): the same bytes as Python's,
 * whenever
 * and wherever they are made, for all of it is derived from her one secret.
 */
import { type Bytes, concat, itemAt, keccak, same } from "./bytes";
import {
  type Ceremony,
  committed,
  contextOf,
  type Deal,
  dealContext,
  maskOf,
  TAG_EPHEMERAL,
  TAG_SECRET,
} from "./ceremony";
import { base, INFINITY, mod, mulSecret, N, type Point } from "./group";
import type { TrusteeKeys } from "./keys";
import { type Knowledge, proveDleq, proveKnowledge, verifyDleq } from "./proofs";
import { type Complaint, dealBody, settingHash } from "./slips";
import { digest, tag, words } from "./transcript";

const TAG_ENROLMENT = tag("beffroi.vote.ceremony.enrolment");
const TAG_DEAL = tag("beffroi.vote.ceremony.deal");
const TAG_ACKNOWLEDGEMENT = tag("beffroi.vote.ceremony.acknowledgement");
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
  const shares = receivers.map((key, place) => {
    if (!key) return 0n;
    const mask = maskOf(ceremony, keys.index, place + 1, mulSecret(blind, key));
    return mod(evaluate(coefficients, BigInt(place + 1)) + mask, N);
  });
  const bare = { commitments: coefficients.map(base), ephemeral: base(blind), shares };
  const prove = (label: Bytes, secret: bigint): Knowledge => {
    const ctx = dealContext(ceremony, label, keys.index, bare);
    return proveKnowledge(ctx, secret, keys.scalar("nonce", ctx));
  };
  return {
    ...bare,
    secretProof: prove(TAG_SECRET, itemAt(coefficients, 0)),
    ephemeralProof: prove(TAG_EPHEMERAL, blind),
  };
}

/** Σ_k a_k·j^k modulo N (Horner). */
const evaluate = (coefficients: readonly bigint[], j: bigint): bigint =>
  coefficients.reduceRight((value, coefficient) => mod(value * j + coefficient, N), 0n);

/** What message 2 commits to: keccak256(abi.encode(TAG_DEAL, chainid, ceremony, id, i, deal)). */
export function dealHash(ceremony: Ceremony, index: number, deal: Deal): Bytes {
  return keccak(concat(words(...contextOf(ceremony, TAG_DEAL, index), HEAD_WORDS * 32), dealBody(deal)));
}

/** Words before the deal. */
const HEAD_WORDS = 6;

/** Message 4: opens for all to see the share that a dealer sent, so only where it is wrong. */
export function complaint(ceremony: Ceremony, keys: TrusteeKeys, dealer: number, deal: Deal): Complaint {
  const ctx = digest(...contextOf(ceremony, TAG_COMPLAINT, dealer, keys.index));
  const nonce = keys.scalar("nonce", ctx, deal.ephemeral);
  const [dh, proof] = proveDleq(ctx, keys.decryption, deal.ephemeral, nonce);
  return { accuser: keys.index, dealer, dh, proof };
}

/** Whether the dealer is wrong (true), the accuser (false), or the complaint proves nothing (null). */
export function judge(
  ceremony: Ceremony,
  { accuser, dealer, dh, proof }: Complaint,
  key: Point,
  deal: Deal,
): boolean | null {
  const ctx = digest(...contextOf(ceremony, TAG_COMPLAINT, dealer, accuser));
  if (accuser === dealer || !verifyDleq(ctx, deal.ephemeral, key, dh, proof)) return null;
  const share = mod(itemAt(deal.shares, accuser - 1) - maskOf(ceremony, dealer, accuser, dh), N);
  return !same(base(share), committed(deal.commitments, accuser));
}

/** Message 6: that she knows x_j, for this key in this setting. */
export function acknowledgement(ceremony: Ceremony, keys: TrusteeKeys, h: Point, share: bigint): Knowledge {
  const account = itemAt(ceremony.trustees, keys.index - 1);
  const ctx = digest(...contextOf(ceremony, TAG_ACKNOWLEDGEMENT, keys.index, account, h, settingHash(ceremony)));
  return proveKnowledge(ctx, share, keys.scalar("nonce", ctx));
}
