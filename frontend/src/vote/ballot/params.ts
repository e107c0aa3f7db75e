/** A consultation's parameters, and every hash that binds a ballot to them (docs/ballot-format.md, "Parameters"). */
import { type Bytes, concat, keccak } from "./bytes";
import type { Point } from "./group";
import { type Rule, ruleHash } from "./rules";
import { digest, tag } from "./transcript";

const TAG_PARAMETERS = tag("Beffroi consultation parameters v1");
const TAG_BALLOT = tag("Beffroi ballot v1");
const TAG_LEAF = tag("Beffroi ballot leaf v1");
const EIP712_DOMAIN = tag("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
const EIP712_BALLOT = tag("Ballot(uint256 consultation,address voter,uint256 seq,bytes32 ballotHash)");
export const EIP712_PREFIX = new Uint8Array([0x19, 0x01]);

/** Everything a ballot of one consultation is bound to; times in unix seconds. */
export interface Params {
  readonly chainId: number;
  readonly consultations: Bytes;
  readonly consultation: number;
  readonly ceremonies: Bytes;
  readonly ceremony: number;
  readonly h: Point;
  readonly rollRoot: Bytes;
  readonly rollSize: number;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly tallyBy: number;
  readonly secrecyMinimum: number;
  readonly questionHash: Bytes;
  readonly optionsHash: Bytes;
  readonly rule: Rule;
}

/** What a ballot's proof is checked against. */
export interface Ground {
  readonly h: Point;
  readonly rule: Rule;
  readonly domain: Bytes;
}

export function paramsHash(p: Params): Bytes {
  return digest(
    TAG_PARAMETERS,
    p.ceremonies,
    p.ceremony,
    p.h,
    p.rollRoot,
    p.rollSize,
    p.opensAt,
    p.closesAt,
    p.tallyBy,
    p.secrecyMinimum,
    p.questionHash,
    p.optionsHash,
    ruleHash(p.rule),
  );
}

/** `ballotDomain`: chain, contract, consultation and parameters. */
export function ballotDomain(p: Params): Bytes {
  return digest(TAG_BALLOT, p.chainId, p.consultations, p.consultation, paramsHash(p));
}

export function groundOf(p: Params): Ground {
  return { h: p.h, rule: p.rule, domain: ballotDomain(p) };
}

/** The EIP-712 domain separator of the contract. */
export function separator(p: Params): Bytes {
  return digest(EIP712_DOMAIN, tag("Consultations"), tag("1"), p.chainId, p.consultations);
}

/** `ctx` of the ballot number `seq` (from 0) of `voter`. */
export function context(domain: Bytes, voter: Bytes, seq: number): Bytes {
  return digest(domain, voter, seq);
}

/** What the voter signs so that anyone may post her ballot (EIP-712). */
export function slipDigest(p: Params, voter: Bytes, seq: number, ballotHash: Bytes): Bytes {
  return keccak(concat(EIP712_PREFIX, separator(p), digest(EIP712_BALLOT, p.consultation, voter, seq, ballotHash)));
}

/** The leaf that stands for a counted ballot in its batch's root. */
export function leafOf(consultation: number, index: number, seq: number, ciphertextsHash: Bytes): Bytes {
  return digest(TAG_LEAF, consultation, index, seq, ciphertextsHash);
}
