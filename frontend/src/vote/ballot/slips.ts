/** What trustees sign (trustee_slips.py): each step of a ceremony, and at its end the key. */
import { type Bytes, concat, keccak } from "./bytes";
import type { Ceremony, Deal } from "./ceremony";
import type { Point } from "./group";
import type { Dleq, Knowledge } from "./proofs";
import { digest, tag, words } from "./transcript";

const DOMAIN = tag("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
const STEP = tag("TrusteeStep(uint256 ceremony,uint256 trustee,string step,bytes32 messageHash)");
const ACKNOWLEDGEMENT = tag(
  "Acknowledgement(uint256 ceremony,uint256 trustee,uint256 keyX,uint256 keyY," +
    "uint256 shareX,uint256 shareY,bytes32 settingHash)",
);
const TAG_SETTING = tag("beffroi.vote.ceremony.setting");
const PREFIX = Uint8Array.of(0x19, 0x01);

/** Words of a deal before its lists, and of a complaint before its deal. */
const DEAL_WORDS = 8;
const COMPLAINT_WORDS = 10;

/** A step, by the function that takes it. */
export type Said = "enrol" | "commit" | "deal" | "complain";

/** What a complaint shows. */
export interface Complaint {
  readonly accuser: number;
  readonly dealer: number;
  readonly dh: Point;
  readonly proof: Dleq;
}

/** A deal as `abi.encode` lays a struct out within another: without the word that says where it begins. */
export function dealBody({ commitments, ephemeral, secretProof, ephemeralProof, shares }: Deal): Bytes {
  const proofs = [secretProof.e, secretProof.z, ephemeralProof.e, ephemeralProof.z];
  const sharesAt = DEAL_WORDS * 32 + 32 + 64 * commitments.length;
  const head = words(DEAL_WORDS * 32, ephemeral, ...proofs, sharesAt, commitments.length, ...commitments);
  return concat(head, words(shares.length, ...shares));
}

/** Trustees as bits: j − 1 is trustee j. */
export const bitsOf = (indices: Iterable<number>): number => [...indices].reduce((bits, j) => bits | (1 << (j - 1)), 0);

/** What is said in each step: the function's arguments after the two numbers, as `abi.encode` lays them out. */
export const saying = {
  enrol: (key: Point, { e, z }: Knowledge): Bytes => words(key, e, z),
  /** `enrolled`: for whom the deal is, as `bitsOf` tells it. */
  commit: (dealHash: Bytes, enrolled: number): Bytes => words(dealHash, enrolled),
  deal: (deal: Deal): Bytes => concat(words(32), dealBody(deal)),
  complain: ({ dealer, dh, proof: { e, w, p } }: Complaint, key: Point, deal: Deal): Bytes =>
    concat(words(dealer, COMPLAINT_WORDS * 32, key, dh, e, w, p), dealBody(deal)),
  acknowledge: ({ e, z }: Knowledge): Bytes => words(e, z),
};

/** What every acknowledgement signs: chain, contracts, ceremony, trustees and threshold. */
export function settingHash({ chainId, address, id, consumer, trustees, threshold }: Ceremony): Bytes {
  const head = words(TAG_SETTING, chainId, address, id, consumer, 7 * 32, threshold);
  return keccak(concat(head, words(trustees.length, ...trustees)));
}

const signed = ({ chainId, address }: Ceremony, body: Bytes): Bytes =>
  keccak(concat(PREFIX, digest(DOMAIN, tag("KeyCeremony"), tag("1"), chainId, address), body));

/** What a trustee says in a step, as her key file remembers it (EIP-712's struct hash). */
export const stepHash = ({ id }: Ceremony, index: number, step: Said, message: Bytes): Bytes =>
  digest(STEP, id, index, tag(step), keccak(message));

/** What a trustee signs to say `message` in a step (EIP-712). */
export function stepDigest(ceremony: Ceremony, index: number, step: Said, message: Bytes): Bytes {
  return signed(ceremony, stepHash(ceremony, index, step, message));
}

/** What a trustee signs of h and her X_j. */
export function acknowledgementDigest(ceremony: Ceremony, index: number, key: Point, shareKey: Point): Bytes {
  return signed(ceremony, digest(ACKNOWLEDGEMENT, ceremony.id, index, key, shareKey, settingHash(ceremony)));
}
