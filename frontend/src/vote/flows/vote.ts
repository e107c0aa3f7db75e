import type { Address } from "viem";
import { fromHex, toHex } from "../ballot/bytes";
import type { Receipt } from "../ballot/receipt";
import { booth } from "../booth/booth";
import type { Sealed } from "../booth/jobs";
import type { RollPlace } from "../booth/place";
import type { Poll } from "../booth/polls";
import { at } from "../../chain/client";
import { consultationsAbi } from "../../generated/Consultations";
import { theTown } from "../../town/folder";
import { ballot } from "../words/ballot";
import { formatHash } from "../../words/format";
import type { Explanation } from "../../wallet/signing";
import type { DirectAct, DirectCall, SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";

const BALLOT = {
  Ballot: [
    { name: "consultation", type: "uint256" },
    { name: "voter", type: "address" },
    { name: "seq", type: "uint256" },
    { name: "ballotHash", type: "bytes32" },
  ],
} as const;

/** A ballot on its way to the box. */
export interface Casting {
  poll: Poll;
  title: string;
  place: RollPlace;
  sealed: Sealed;
  /** 0 for a first vote, one more for each re-vote. */
  seq: number;
}

/** What the voter signs so that the post office may cast her ballot. */
export async function ballotSlip(voter: Address, casting: Casting): Promise<SlipAct> {
  const { poll, place, sealed, seq } = casting;
  const [domain, direct] = await Promise.all([domainOf("Consultations"), ownCall(voter, casting)]);
  const message = { consultation: BigInt(poll.number), voter, seq: BigInt(seq), ballotHash: toHex(sealed.hash) };
  return {
    kind: "ballot",
    typed: { domain, types: BALLOT, primaryType: "Ballot", message },
    extra: { index: place.index, ballot: toHex(sealed.data) },
    explanation: explain(casting, "town"),
    // The wallet that signed is the voter's own: it casts without the signature.
    direct: () => direct,
  };
}

/** The same by the voter's own transaction, where the town has no post office. */
export async function ballotTransaction(voter: Address, casting: Casting): Promise<DirectAct> {
  return { call: await ownCall(voter, casting), explanation: explain(casting, "self") };
}

async function ownCall(voter: Address, { poll, place, sealed, seq }: Casting): Promise<DirectCall> {
  const contract = at("Consultations", consultationsAbi);
  const [number, index, data] = [BigInt(poll.number), BigInt(place.index), toHex(sealed.data)];
  if (!seq) return { ...contract, functionName: "cast", args: [number, index, data, place.path] };
  const replaced = await booth().ask("replaced", { consultation: poll.number, index: place.index });
  return { ...contract, functionName: "castAgain", args: [number, index, voter, data, "0x", place.path, replaced] };
}

function explain({ poll, title, sealed, seq }: Casting, payer: Explanation["payer"]): Explanation {
  const w = ballot().signing;
  return {
    title: seq ? w.titleAgain : w.title,
    lines: [
      [w.consultation, title],
      [w.ballot, w.number(seq)],
      [w.print, formatHash(toHex(sealed.hash))],
    ],
    consequence: w.consequence,
    until_s: BigInt(poll.closesAt_s),
    payer,
  };
}

export function receiptOf(voter: Address, { poll, place, sealed, seq }: Casting): Receipt {
  return {
    chainId: theTown().chainId,
    consultations: fromHex(at("Consultations", consultationsAbi).address),
    consultation: poll.number,
    index: place.index,
    voter: fromHex(voter),
    seq,
    ballotHash: sealed.hash,
  };
}
