/** What the two contracts told the world, decoded: the audit's only input. `fromLog` reads what viem decoded. */
import type { Deal } from "./ceremony";
import { type Bytes, fromHex, type Hex, itemAt } from "./bytes";
import { type Point, pointOf } from "./group";
import type { Params } from "./params";
import type { Ciphertext } from "./proof";
import type { Dleq, Knowledge } from "./proofs";
import { makeRule, type Rule } from "./rules";
import type { Complaint } from "./slips";
import type { Share } from "./tally";

export interface Opened {
  readonly name: "opened";
  readonly consultation: number;
  readonly ceremony: number;
  readonly paramsHash: Bytes;
  readonly uri: string;
  /** All but the key, which the ceremony's events tell. */
  readonly terms: Omit<Params, "h">;
}

export interface Cast {
  readonly name: "cast";
  readonly consultation: number;
  readonly batch: number;
  readonly root: Bytes;
  readonly records: Bytes;
  readonly block: number;
  readonly transaction: Hex;
}

/** What a trustee said, if her signature is under it. */
interface OfTrustee {
  readonly id: number;
  readonly index: number;
  readonly signature: Bytes;
}

export type Event =
  | {
      readonly name: "ceremony-opened";
      readonly id: number;
      readonly consumer: Bytes;
      readonly trustees: Bytes[];
      readonly threshold: number;
    }
  | (OfTrustee & { readonly name: "enrolled"; readonly key: Point; readonly proof: Knowledge })
  | (OfTrustee & { readonly name: "committed"; readonly dealHash: Bytes; readonly enrolled: number })
  | (OfTrustee & { readonly name: "dealt"; readonly deal: Deal })
  | { readonly name: "complained"; readonly id: number; readonly complaint: Complaint; readonly signature: Bytes }
  | { readonly name: "key-proposed"; readonly id: number; readonly key: Point; readonly shareKeys: Point[] }
  | (OfTrustee & { readonly name: "acknowledged"; readonly proof: Knowledge })
  | { readonly name: "key-ready"; readonly id: number }
  | Opened
  | Cast
  | {
      readonly name: "refused";
      readonly consultation: number;
      readonly batch: number;
      readonly position: number;
      readonly index: number;
      readonly reason: number;
    }
  | {
      readonly name: "replaced";
      readonly consultation: number;
      readonly index: number;
      readonly seq: number;
      readonly replaced: number;
    }
  | {
      readonly name: "closed";
      readonly consultation: number;
      readonly ballots: number;
      readonly totals: Ciphertext[];
      readonly block: number;
      readonly blockHash: Bytes;
    }
  | {
      readonly name: "share";
      readonly consultation: number;
      readonly share: Share;
      readonly signature: Bytes;
    }
  | {
      readonly name: "tallied";
      readonly consultation: number;
      readonly ballots: number;
      readonly counts: number[];
    };

interface Xy {
  readonly x: bigint;
  readonly y: bigint;
}

/** What viem gives of a `ConsultationOpened`. */
interface TermsArgs {
  readonly ceremonyId: bigint;
  readonly rollRoot: Hex;
  readonly rollSize: number;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly tallyBy: number;
  readonly secrecyMinimum: number;
  readonly questionHash: Hex;
  readonly optionsHash: Hex;
  readonly uri: string;
  readonly rule: {
    readonly sets: readonly (readonly bigint[])[];
    readonly setOf: Hex;
    readonly sumSet: number;
  };
}

interface DleqArgs {
  readonly e: bigint;
  readonly w: bigint;
  readonly p: Xy;
}

interface DealArgs {
  readonly commitments: readonly Xy[];
  readonly ephemeral: Xy;
  readonly secretProof: { readonly e: bigint; readonly z: bigint };
  readonly ephemeralProof: { readonly e: bigint; readonly z: bigint };
  readonly shares: readonly bigint[];
}

/** A log as viem decodes it against the contracts' ABIs. */
export interface DecodedLog {
  readonly eventName: string;
  readonly args: unknown;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
}

export interface Place {
  readonly chainId: number;
  readonly consultations: Bytes;
  readonly ceremonies: Bytes;
}

const point = ({ x, y }: Xy): Point => pointOf(x, y);
const rule = ({ sets, setOf, sumSet }: TermsArgs["rule"]): Rule => makeRule(sets, fromHex(setOf), sumSet);

/** The event of a log; nothing for those that an audit passes over. */
export function fromLog(log: DecodedLog, place: Place): Event | null {
  const args = log.args as { readonly [name: string]: unknown };
  const number = (name: string): number => Number(args[name]);
  const about = { consultation: number("consultation") };
  const said = () => ({ id: number("id"), index: number("index"), signature: fromHex(args["signature"] as Hex) });
  switch (log.eventName) {
    case "CeremonyOpened":
      return {
        name: "ceremony-opened",
        id: number("id"),
        consumer: fromHex(args["consumer"] as Hex),
        trustees: (args["trustees"] as Hex[]).map(fromHex),
        threshold: number("threshold"),
      };
    case "Enrolled":
      return { name: "enrolled", ...said(), key: point(args["key"] as Xy), proof: args["proof"] as Knowledge };
    case "Committed":
      return {
        name: "committed",
        ...said(),
        dealHash: fromHex(args["dealHash"] as Hex),
        enrolled: number("enrolled"),
      };
    case "Dealt":
      return { name: "dealt", ...said(), deal: dealOf(args["deal"] as DealArgs) };
    case "DealerExcluded":
    case "AccuserExcluded": {
      const { e, w, p } = args["proof"] as DleqArgs;
      const pair = { accuser: number("accuser"), dealer: number("dealer") };
      const complaint = { ...pair, dh: point(args["shared"] as Xy), proof: { e, w, p: point(p) } };
      return { name: "complained", id: number("id"), complaint, signature: said().signature };
    }
    case "KeyProposed": {
      const shareKeys = (args["shareKeys"] as Xy[]).map(point);
      return { name: "key-proposed", id: number("id"), key: point(args["key"] as Xy), shareKeys };
    }
    case "Acknowledged":
      return { name: "acknowledged", ...said(), proof: args["proof"] as Knowledge };
    case "KeyReady":
      return { name: "key-ready", id: number("id") };
    case "ConsultationOpened":
      return openedOf(about.consultation, fromHex(args["paramsHash"] as Hex), args["terms"] as TermsArgs, place);
    case "BallotsCast":
      return {
        name: "cast",
        ...about,
        batch: number("batch"),
        root: fromHex(args["root"] as Hex),
        records: fromHex(args["records"] as Hex),
        block: Number(log.blockNumber),
        transaction: log.transactionHash,
      };
    case "BallotRefused":
      return {
        name: "refused",
        ...about,
        batch: number("batch"),
        position: number("position"),
        index: number("index"),
        reason: number("reason"),
      };
    case "BallotReplaced":
      return {
        name: "replaced",
        ...about,
        index: number("index"),
        seq: number("seq"),
        replaced: number("replaced"),
      };
    case "ConsultationClosed":
      return {
        name: "closed",
        ...about,
        ballots: number("ballots"),
        totals: paired((args["totals"] as Xy[]).map(point)),
        block: Number(log.blockNumber),
        blockHash: fromHex(log.blockHash),
      };
    case "ShareSubmitted":
      return {
        name: "share",
        ...about,
        share: shareOf(number("trustee"), args["shares"] as Xy[], args["proofs"] as DleqArgs[]),
        signature: fromHex(args["signature"] as Hex),
      };
    case "ConsultationTallied":
      return {
        name: "tallied",
        ...about,
        ballots: number("ballots"),
        counts: (args["counts"] as bigint[]).map(Number),
      };
    default:
      return null;
  }
}

function openedOf(consultation: number, paramsHash: Bytes, args: TermsArgs, place: Place): Opened {
  const ceremony = Number(args.ceremonyId);
  const terms = {
    ...place,
    consultation,
    ceremony,
    rollRoot: fromHex(args.rollRoot),
    rollSize: args.rollSize,
    opensAt: args.opensAt,
    closesAt: args.closesAt,
    tallyBy: args.tallyBy,
    secrecyMinimum: args.secrecyMinimum,
    questionHash: fromHex(args.questionHash),
    optionsHash: fromHex(args.optionsHash),
    rule: rule(args.rule),
  };
  return {
    name: "opened",
    consultation,
    ceremony,
    paramsHash,
    uri: args.uri,
    terms,
  };
}

function dealOf({ commitments, ephemeral, secretProof, ephemeralProof, shares }: DealArgs): Deal {
  return {
    commitments: commitments.map(point),
    ephemeral: point(ephemeral),
    secretProof,
    ephemeralProof,
    shares,
  };
}

function shareOf(trustee: number, shares: readonly Xy[], proofs: readonly DleqArgs[]): Share {
  const parts = shares.map((share, i) => {
    const { e, w, p } = itemAt(proofs, i);
    const proof: Dleq = { e, w, p: point(p) };
    return { point: point(share), proof };
  });
  return { trustee, parts };
}

/** Points (R_0, S_0, R_1, S_1, …) two by two. */
function paired(points: readonly Point[]): Ciphertext[] {
  return Array.from({ length: points.length / 2 }, (_, i) => ({
    c1: itemAt(points, 2 * i),
    c: itemAt(points, 2 * i + 1),
  }));
}
