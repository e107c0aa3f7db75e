/** The vectors that Python wrote, as values. */
import file from "../../../../tests/vectors/ballots.json?raw";
import { type Bytes, fromHex } from "../../../src/vote/ballot/bytes";
import type { Params } from "../../../src/vote/ballot/params";
import { makeRule, type Rule } from "../../../src/vote/ballot/rules";

export interface RuleJson {
  sets: (number | string)[][];
  setOf: string;
  sumSet: number;
}

interface ValidJson {
  name: string;
  rule: RuleJson;
  ruleHash: string;
  paramsHash: string;
  domain: string;
  index: number;
  voter: string;
  seq: number;
  ctx: string;
  messages: (number | string)[];
  entropy: string;
  randomness: string[];
  ballot: string;
  ballotHash: string;
  slipDigest: string;
  signature: string;
  record: string;
  leaf: string;
}

interface InvalidJson {
  why: string;
  rule: RuleJson;
  domain: string;
  h: string;
  voter: string;
  seq: number;
  ballot: string;
}

interface SignedJson {
  struct: string;
  digest: string;
  signature: string;
}

interface DealJson extends SignedJson {
  commitments: string[];
  ephemeral: string;
  secretProof: { e: string; z: string };
  ephemeralProof: { e: string; z: string };
  shares: string[];
  hash: string;
}

export interface VectorsJson {
  separator: string;
  params: { [name: string]: number | string };
  roll: {
    voters: string[];
    root: string;
    proofs: { indices: number[]; proof: string[] }[];
  };
  batch: { leaves: string[]; root: string; proofs: string[][] };
  valid: ValidJson[];
  invalid: InvalidJson[];
  trustees: {
    chainId: number;
    ceremony: string;
    ceremonyId: number;
    threshold: number;
    accounts: string[];
    consumer: string;
    setting: string;
    enrolments: (SignedJson & { key: string; proof: { e: string; z: string } })[];
    commits: (SignedJson & { enrolled: number })[];
    /** What trustee 1 signed where a node hid that trustee 3 enrolled. */
    elsewhere: SignedJson & { dealHash: string; enrolled: number };
    complaint: SignedJson & { dh: string; proof: { e: string; w: string; p: string } };
    acknowledgements: (SignedJson & { proof: { e: string; z: string } })[];
    panel: string;
    deals: DealJson[];
    key: string;
    shareKeys: string[];
    secretShares: string[];
    total: {
      consultation: number;
      ballots: number;
      R: string;
      S: string;
      counts: number[];
    };
    shares: string[];
  };
}

export const vectors = JSON.parse(file) as VectorsJson;

export function ruleOf({ sets, setOf, sumSet }: RuleJson): Rule {
  return makeRule(
    sets.map((set) => set.map(BigInt)),
    fromHex(setOf),
    sumSet,
  );
}

/** The parameters of every vector, with a rule. */
export function paramsWith(rule: Rule): Params {
  const given = vectors.params;
  const number = (name: string): number => Number(given[name]);
  const bytes = (name: string): Bytes => fromHex(String(given[name]));
  return {
    chainId: number("chainId"),
    consultations: bytes("consultations"),
    consultation: number("consultation"),
    ceremonies: bytes("ceremonies"),
    ceremony: number("ceremony"),
    h: bytes("h"),
    rollRoot: bytes("rollRoot"),
    rollSize: number("rollSize"),
    opensAt: number("opensAt"),
    closesAt: number("closesAt"),
    tallyBy: number("tallyBy"),
    secrecyMinimum: number("secrecyMinimum"),
    questionHash: bytes("questionHash"),
    optionsHash: bytes("optionsHash"),
    rule,
  };
}
