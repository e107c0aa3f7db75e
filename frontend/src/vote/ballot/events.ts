/** What the two contracts told the world, decoded: the audit's only input. `fromLog` reads what viem decoded. */
import type { Deal } from "./ceremony";
import { type Bytes, fromHex, type Hex, itemAt } from "./bytes";
import { type Point, pointOf } from "./group";
import type { Params } from "./params";
import type { Ciphertext } from "./proof";
import type { Dleq } from "./proofs";
import { makeRule, type Rule } from "./rules";
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
  /** Who signed the transaction, where known. */
  readonly sender: Bytes | null;
  readonly block: number;
  readonly transaction: Hex;
}

export type Event =
  | {
      readonly name: "ceremony-opened";
      readonly id: number;
      readonly trustees: Bytes[];
      readonly threshold: number;
    }
  | {
      readonly name: "enrolled";
      readonly id: number;
      readonly index: number;
      readonly key: Point;
    }
  | {
      readonly name: "dealt";
      readonly id: number;
      readonly index: number;
      readonly deal: Deal;
    }
  | { readonly name: "excluded"; readonly id: number; readonly index: number }
  | {
      readonly name: "key-ready";
      readonly id: number;
      readonly key: Point;
      readonly shareKeys: Point[];
    }
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
export function fromLog(log: DecodedLog, place: Place, sender: Bytes | null = null): Event | null {
  const args = log.args as { readonly [name: string]: unknown };
  const number = (name: string): number => Number(args[name]);
  const about = { consultation: number("consultation") };
  switch (log.eventName) {
    case "CeremonyOpened":
      return {
        name: "ceremony-opened",
        id: number("id"),
        trustees: (args["trustees"] as Hex[]).map(fromHex),
        threshold: number("threshold"),
      };
    case "Enrolled":
      return {
        name: "enrolled",
        id: number("id"),
        index: number("index"),
        key: point(args["key"] as Xy),
      };
    case "Dealt":
      return {
        name: "dealt",
        id: number("id"),
        index: number("index"),
        deal: dealOf(args["deal"] as DealArgs),
      };
    case "DealerExcluded":
      return { name: "excluded", id: number("id"), index: number("dealer") };
    case "AccuserExcluded":
      return { name: "excluded", id: number("id"), index: number("accuser") };
    case "KeyReady":
      return {
        name: "key-ready",
        id: number("id"),
        key: point(args["key"] as Xy),
        shareKeys: (args["shareKeys"] as Xy[]).map(point),
      };
    case "ConsultationOpened":
      return openedOf(about.consultation, fromHex(args["paramsHash"] as Hex), args["terms"] as TermsArgs, place);
    case "BallotsCast":
      return {
        name: "cast",
        ...about,
        batch: number("batch"),
        root: fromHex(args["root"] as Hex),
        records: fromHex(args["records"] as Hex),
        sender,
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
        share: shareOf(number("trustee"), args["shares"] as Xy[], args["proofs"] as { e: bigint; w: bigint; p: Xy }[]),
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

function shareOf(trustee: number, shares: readonly Xy[], proofs: readonly { e: bigint; w: bigint; p: Xy }[]): Share {
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
