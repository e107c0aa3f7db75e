/**
 * What a trustee's key is made for, fixed when it is made (pins.py): a node or a page that tells anything else later is
 * not believed.
 */
import { type Bytes, type Hex, fromHex, itemAt, toHex, toInteger } from "./bytes";
import { digest, tag } from "./transcript";

export interface Pins {
  readonly chainId: number;
  readonly genesis: Bytes;
  readonly ceremonies: Bytes;
  readonly consultations: Bytes;
  readonly ceremony: number;
  readonly threshold: number;
  readonly trustees: readonly Bytes[];
  /** Those of them that were contracts when the key was made: what these sign, only a node can tell. */
  readonly smart: readonly Bytes[];
}

const TAG = tag("beffroi.vote.trustee.pins");
const TAG_SEAL = tag("beffroi.vote.trustee.seal");
const TAG_COUNTED = tag("beffroi.vote.counted");
const DIGITS = 40;

export function pinsHash(pins: Pins): Bytes {
  const { chainId, genesis, ceremonies, consultations, ceremony, threshold, trustees, smart } = pins;
  const where = [chainId, genesis, ceremonies, consultations, ceremony] as const;
  return digest(TAG, ...where, threshold, trustees.length, ...trustees, smart.length, ...smart);
}

/** A hash as people compare it by telephone: ten groups of four digits (pins.py says why ten). */
export function spoken(hash: Bytes): string {
  const digits = (toInteger(hash) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, "0");
  return (digits.match(/.{4}/g) ?? []).join(" ");
}

/** What trustees compare of the place that their keys are made for. */
export function phraseOf(pins: Pins): string {
  return spoken(pinsHash(pins));
}

/** Of the trustees whose signatures nobody can check, those who must sign: no contracts when the key was made. */
export function mustSign({ trustees, smart }: Pins, vouched: Iterable<number>): number[] {
  const contracts = new Set(smart.map(toHex));
  return [...vouched].filter((index) => !contracts.has(toHex(itemAt(trustees, index - 1))));
}

/** What trustees and auditors compare of a vote that is closed: other ballots or another chain, another number. */
export function spokenCount(params: Bytes, block: number, blockHash: Bytes, ballots: number, totals: Bytes): string {
  return spoken(digest(TAG_COUNTED, params, block, blockHash, ballots, totals));
}

/** What shows that these are the pins with which a secret's file was made, and tells nothing of the secret. */
export function sealOf(secret: Bytes, pins: Pins): Bytes {
  return digest(TAG_SEAL, secret, pinsHash(pins));
}

/** As Python writes it in a key file. */
interface Written {
  chain_id: number;
  genesis: Hex;
  ceremonies: Hex;
  consultations: Hex;
  ceremony: number;
  threshold: number;
  trustees: Hex[];
  smart: Hex[];
}

export function written(pins: Pins): Written {
  const { chainId, genesis, ceremonies, consultations, ceremony, threshold, trustees, smart } = pins;
  return {
    chain_id: chainId,
    genesis: toHex(genesis),
    ceremonies: toHex(ceremonies),
    consultations: toHex(consultations),
    ceremony,
    threshold,
    trustees: trustees.map(toHex),
    smart: smart.map(toHex),
  };
}

/** @throws whatever comes of a text that is none. */
export function readPins(value: unknown): Pins {
  const { chain_id, genesis, ceremonies, consultations, ceremony, threshold, trustees, smart } = value as Written;
  return {
    chainId: Number(chain_id),
    genesis: fromHex(genesis),
    ceremonies: fromHex(ceremonies),
    consultations: fromHex(consultations),
    ceremony: Number(ceremony),
    threshold: Number(threshold),
    trustees: trustees.map(fromHex),
    smart: smart.map(fromHex),
  };
}
