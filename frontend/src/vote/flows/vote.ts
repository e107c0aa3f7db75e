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
import type { SlipAct } from "../../acts/act";
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

/** What the voter signs so that the post office may cast her ballot, or she herself where the town has none. */
export async function ballotSlip(voter: Address, casting: Casting): Promise<SlipAct> {
  const { poll, place, sealed, seq } = casting;
  const [domain, direct] = await Promise.all([domainOf("Consultations"), ownCall(voter, casting)]);
  const message = { consultation: BigInt(poll.number), voter, seq: BigInt(seq), ballotHash: toHex(sealed.hash) };
  return {
    kind: "ballot",
    typed: { domain, types: BALLOT, primaryType: "Ballot", message },
    extra: { index: place.index, ballot: toHex(sealed.data) },
    explanation: explain(casting),
    direct,
  };
}

/** The same slip posted by the voter's own wallet. */
async function ownCall(voter: Address, { poll, place, sealed, seq }: Casting): Promise<SlipAct["direct"]> {
  const contract = at("Consultations", consultationsAbi);
  const words = [BigInt(poll.number), BigInt(place.index), voter, toHex(sealed.data)] as const;
  if (!seq) return (signature) => ({ ...contract, functionName: "cast", args: [...words, signature, place.path] });
  const replaced = await booth().ask("replaced", { consultation: poll.number, index: place.index });
  return (signature) => ({ ...contract, functionName: "castAgain", args: [...words, signature, place.path, replaced] });
}

function explain({ poll, title, sealed, seq }: Casting): Explanation {
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
    payer: "town",
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
