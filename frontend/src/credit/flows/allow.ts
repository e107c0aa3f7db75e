/** By what the circle may take a payer's money for what she signs there. */
import { type Address, maxUint256 } from "viem";
import { readContract } from "viem/actions";
import type { SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { at, chain } from "../../chain/client";
import { now_s } from "../../chain/head";
import { localCurrencyCreditAbi } from "../../generated/LocalCurrencyCredit";
import { slipKind } from "../../town/instances";
import type { Currency } from "../../town/town";
import { formatAmount } from "../../words/format";
import type { Circle } from "../chain/circle";
import { PERMIT } from "../slips";
import { credit } from "../words/credit";

const DAY_S = 86_400n;

/**
 * Lets a circle take so much of one's money, and no more; all that one ever has, where `value` is the largest; nothing
 * any more, where it is 0.
 */
export async function allow(owner: Address, circle: Circle, money: Currency, value: bigint): Promise<SlipAct> {
  const currency = at(money.contract, localCurrencyCreditAbi);
  const spender = at(circle.contract, []).address;
  const [domain, now, nonce] = await Promise.all([
    domainOf(money.contract),
    now_s(),
    readContract(chain(), { ...currency, functionName: "nonces", args: [owner] }),
  ]);
  const message = { owner, spender, value, nonce, deadline: now + DAY_S };
  const w = credit().allow;
  return {
    kind: slipKind("permit", money.contract),
    typed: { domain, types: PERMIT, primaryType: "Permit", message },
    explanation: {
      title: message.value === 0n ? w.takeBackTitle(circle.name) : w.title(circle.name),
      lines: [
        [w.upTo, message.value === maxUint256 ? w.noEnd : formatAmount(message.value, money)],
        [w.circle, message.spender],
      ],
      consequence: message.value === 0n ? w.takeBackMeaning : w.meaning,
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...currency,
      functionName: "permit",
      args: [owner, spender, value, message.deadline, signature],
    }),
  };
}
