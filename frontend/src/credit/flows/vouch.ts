/** What a voucher signs. */
import type { Address } from "viem";
import type { SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import { mutualCreditAbi } from "../../generated/MutualCredit";
import { nameOf } from "../../parts/Address";
import { slipKind } from "../../town/instances";
import { amountIn } from "../amount";
import type { Circle } from "../chain/circle";
import type { Vouch } from "../chain/told";
import { SLIPS } from "../slips";
import { credit } from "../words/credit";

const DAY_S = 86_400n;
const TYPES = { vouch: "Vouch", unvouch: "Unvouch" } as const;

async function slip(kind: keyof typeof TYPES, circle: Circle, it: Vouch): Promise<SlipAct> {
  const { contract } = circle;
  const [domain, now] = await Promise.all([domainOf(contract), now_s()]);
  const message = { voucher: it.voucher, member: it.member, amount: it.amount, deadline: now + DAY_S };
  const w = credit().vouches[kind];
  const [amount, whom] = [amountIn(circle, message.amount), nameOf(message.member)];
  const type = TYPES[kind];
  return {
    kind: slipKind(kind, contract),
    typed: { domain, types: { [type]: SLIPS[type] }, primaryType: type, message },
    explanation: {
      title: w.title(amount, whom),
      lines: [
        [credit().vouches.amount, amount],
        [credit().vouches.whom, whom],
        [credit().vouches.address, message.member],
      ],
      consequence: w.meaning(amount, whom),
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(contract, mutualCreditAbi),
      functionName: kind,
      args: [message.voucher, message.member, message.amount, message.deadline, signature],
    }),
  };
}

/** Lends a member a part of one's own limit. */
export const vouch = (voucher: Address, circle: Circle, member: Address, amount: bigint): Promise<SlipAct> =>
  slip("vouch", circle, { voucher, member, amount });

/** Takes so much of a vouch back, by the names under which it was given. */
export const unvouch = (circle: Circle, given: Vouch, amount: bigint): Promise<SlipAct> =>
  slip("unvouch", circle, { ...given, amount });
