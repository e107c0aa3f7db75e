import { type Abi, type Address, type Hex, keccak256, stringToHex } from "viem";
import type { RollPlace } from "../../vote/booth/place";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import { dataUri } from "../../chain/texts";
import { appealsAbi } from "../../generated/Appeals";
import { promisesAbi } from "../../generated/Promises";
import { nameOf } from "../../parts/Address";
import type { Explanation } from "../../wallet/signing";
import { cred } from "../words/cred";
import { formatDay, formatHash, formatNumber, formatShare } from "../../words/format";
import type { DirectAct, DirectCall, SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";

const WEEK_S = 7n * 86_400n;

type Members = readonly { name: string; type: string }[];
const member = (type: string, name: string) => ({ name, type });
const NUMBERS = [member("uint256", "mandate"), member("uint256", "promiseId")];
const DEADLINE = member("uint256", "deadline");
const DOCUMENT = [member("bytes32", "evidenceHash"), member("string", "uri"), DEADLINE];

/** A document that is brought: its hash, and where it is. */
export interface Document {
  hash: Hex;
  uri: string;
}

/** A text that stands in its own address. */
export function textDocument(text: string): Document {
  return { hash: keccak256(stringToHex(text)), uri: dataUri(text) };
}

/** Of which promise of whom. */
export interface About {
  mandate: number;
  promise: number;
  subject: Address;
  /** The promise in words. */
  text: string;
}

const call = (functionName: string, args: readonly unknown[]): DirectCall => ({
  ...at("Promises", promisesAbi as Abi),
  functionName,
  args,
});
const callAppeals = (functionName: string, args: readonly unknown[]): DirectCall => ({
  ...at("Appeals", appealsAbi as Abi),
  functionName,
  args,
});

interface Slip {
  kind: string;
  /** Which contract checks it; Promises unless told. */
  contract?: "Appeals";
  primaryType: string;
  members: Members;
  /** Those that members name. */
  structs?: Readonly<Record<string, Members>>;
  message: Readonly<Record<string, unknown>>;
  explanation: Omit<Explanation, "payer">;
  direct: (signature: Hex) => DirectCall;
}

async function slip({ contract, primaryType, members, structs, message, explanation, ...act }: Slip): Promise<SlipAct> {
  const domain = await domainOf(contract ?? "Promises");
  return {
    ...act,
    typed: { domain, types: { [primaryType]: members, ...structs }, primaryType, message },
    explanation: { ...explanation, payer: "town" },
  };
}

function about({ subject, promise, text }: About, { uri, hash }: Document): [string, string][] {
  const w = cred().signing;
  return [
    [w.official, nameOf(subject)],
    [w.promise, `${promise + 1}. ${text}`],
    [w.document, uri.startsWith("data:") ? w.inside : uri],
    [w.print, formatHash(hash)],
  ];
}

/** The subject adds words to a promise. */
export async function amendment(of: About, document: Document): Promise<SlipAct> {
  const deadline = (await now_s()) + WEEK_S;
  const numbers = { mandate: BigInt(of.mandate), promiseId: BigInt(of.promise) };
  const message = { ...numbers, textHash: document.hash, uri: document.uri, deadline };
  const w = cred().signing;
  return slip({
    kind: "amendment",
    primaryType: "Amendment",
    members: [...NUMBERS, member("bytes32", "textHash"), member("string", "uri"), DEADLINE],
    message,
    explanation: { title: w.amend, lines: about(of, document), consequence: w.forever, until_s: deadline },
    direct: (signature) => call("amend", [...Object.values(message), signature]),
  });
}

/** The subject brings evidence. */
export async function evidence(of: About, document: Document): Promise<SlipAct> {
  const deadline = (await now_s()) + WEEK_S;
  const numbers = { mandate: BigInt(of.mandate), promiseId: BigInt(of.promise) };
  const message = { ...numbers, evidenceHash: document.hash, uri: document.uri, deadline };
  const w = cred().signing;
  return slip({
    kind: "evidence",
    primaryType: "Evidence",
    members: [...NUMBERS, ...DOCUMENT],
    message,
    explanation: { title: w.evidence, lines: about(of, document), consequence: w.forever, until_s: deadline },
    direct: (signature) => call("bringEvidence", [...Object.values(message), signature]),
  });
}

/** A resident brings counter-evidence, once for a promise. */
export async function counterEvidence(resident: Address, of: About, document: Document): Promise<SlipAct> {
  const deadline = (await now_s()) + WEEK_S;
  const numbers = { mandate: BigInt(of.mandate), promiseId: BigInt(of.promise) };
  const message = { resident, ...numbers, evidenceHash: document.hash, uri: document.uri, deadline };
  const w = cred().signing;
  return slip({
    kind: "counter_evidence",
    primaryType: "CounterEvidence",
    members: [member("address", "resident"), ...NUMBERS, ...DOCUMENT],
    message,
    explanation: { title: w.counter, lines: about(of, document), consequence: w.once, until_s: deadline },
    direct: (signature) => call("bringCounterEvidence", [...Object.values(message), signature]),
  });
}

/** The subject seizes the jury. */
export async function appeal(evaluation: number, subject: Address, grounds: string): Promise<SlipAct> {
  const deadline = (await now_s()) + WEEK_S;
  const groundsHash = keccak256(stringToHex(grounds));
  const message = { evaluation: BigInt(evaluation), groundsHash, deadline };
  const w = cred().signing;
  return slip({
    kind: "appeal",
    contract: "Appeals",
    primaryType: "Appeal",
    members: [member("uint256", "evaluation"), member("bytes32", "groundsHash"), DEADLINE],
    message,
    explanation: {
      title: w.appeal,
      lines: [
        [w.official, nameOf(subject)],
        [w.evaluation, formatNumber(evaluation)],
        [w.grounds, grounds],
      ],
      consequence: w.groundsNote,
      until_s: deadline,
    },
    direct: (signature) => callAppeals("appeal", [...Object.values(message), signature]),
  });
}

/** Someone on the roll of an evaluation asks for the jury, with others. */
export function petition(resident: Address, evaluation: number, subject: Address, place: RollPlace): Promise<SlipAct> {
  const message = { evaluation: BigInt(evaluation), resident };
  const w = cred().signing;
  return slip({
    kind: "petition",
    contract: "Appeals",
    primaryType: "Petition",
    members: [member("uint256", "evaluation"), member("address", "resident")],
    message,
    explanation: {
      title: w.petition,
      lines: [
        [w.official, nameOf(subject)],
        [w.evaluation, formatNumber(evaluation)],
      ],
      consequence: w.public,
      until_s: null,
    },
    direct: (signature) => {
      const signer = { index: BigInt(place.index), account: resident, signature, proof: place.path };
      return callAppeals("petition", [message.evaluation, [signer]]);
    },
  });
}

/**
 * What ends an evaluation: its result is taken note of, then settled; or its promises are given back, without result or
 * with one that never comes.
 */
export type Ending = "publish" | "settle" | "release";

/** Anyone's act. */
export function ending(what: Ending, evaluation: number, subject: Address): DirectAct {
  const w = cred().signing;
  const lines: Explanation["lines"] = [
    [w.official, nameOf(subject)],
    [w.evaluation, formatNumber(evaluation)],
  ];
  return {
    call: call(what, [BigInt(evaluation)]),
    explanation: {
      title: w[what],
      lines,
      ...(what === "release" ? { consequence: w.releaseNote } : {}),
      until_s: null,
      payer: "self",
    },
  };
}

/** What the jury makes of an appeal; it signs with the hash of its reasons. */
export function ruling(evaluation: number, subject: Address, confirms: boolean, reasons: string): DirectAct {
  const w = cred().signing;
  const reasonsHash = keccak256(stringToHex(reasons));
  const lines: Explanation["lines"] = [
    [w.official, nameOf(subject)],
    [w.evaluation, formatNumber(evaluation)],
    [w.reasons, reasons],
  ];
  const explanation = { title: confirms ? w.confirm : w.annul, lines, until_s: null, payer: "self" } as const;
  return {
    call: callAppeals("rule", [BigInt(evaluation), confirms ? CONFIRMED : ANNULLED, reasonsHash]),
    explanation: { ...explanation, consequence: confirms ? w.confirmNote : w.annulNote },
  };
}

/** As `IAppeals.Ruling` numbers them. */
const CONFIRMED = 1;
const ANNULLED = 2;

/** A promise before it is fixed. */
export interface Pledge {
  text: string;
  weight_bps: number;
  /** Unix seconds. */
  dueAt_s: number;
}

const PLEDGE = [
  member("string", "title"),
  member("bytes32", "textHash"),
  member("string", "uri"),
  member("uint16", "weight_bps"),
  member("uint40", "dueAt"),
];
const TITLE_LENGTH = 100;

/** A text in a line, for whoever signs it: its beginning. */
function titleOf(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH - 1).trimEnd()}…` : line;
}

/** The subject fixes its promises, once, in parts that follow each other; a wallet shows each. */
export async function pledging(mandate: number, first: number, pledges: readonly Pledge[]): Promise<SlipAct> {
  const rows = pledges.map(({ text, weight_bps, dueAt_s }) => {
    const { hash, uri } = textDocument(text);
    return { title: titleOf(text), textHash: hash, uri, weight_bps: BigInt(weight_bps), dueAt: BigInt(dueAt_s) };
  });
  const message = { mandate: BigInt(mandate), first: BigInt(first), pledges: rows, deadline: (await now_s()) + WEEK_S };
  const w = cred().signing;
  return slip({
    kind: "pledges",
    primaryType: "Pledges",
    members: [member("uint256", "mandate"), member("uint256", "first"), member("Pledge[]", "pledges"), DEADLINE],
    structs: { Pledge: PLEDGE },
    message,
    explanation: {
      title: w.pledge,
      lines: pledges.map(({ text, weight_bps, dueAt_s }, place): [string, string] => [
        `${w.promise} ${first + place + 1}`,
        `${text} (${formatShare(weight_bps / 10_000)}, ${formatDay(dueAt_s)})`,
      ]),
      consequence: w.pledgeNote,
      until_s: message.deadline,
    },
    direct: (signature) => call("pledge", [...Object.values(message), signature]),
  });
}
