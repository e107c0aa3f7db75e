import type { Address } from "viem";
import type { DirectAct } from "../../acts/act";
import { at } from "../../chain/client";
import { localCurrencyAbi } from "../../generated/LocalCurrency";
import type { Currency } from "../../town/town";
import { formatAmount } from "../../words/format";
import { money } from "../words/money";

/** Has an account carried over from a retired currency into the one that follows; anyone may send it. */
export function carryOver(account: Address, from: Currency, into: Currency, amount_cents: bigint): DirectAct {
  const w = money().retired;
  return {
    call: { ...at(from.contract, localCurrencyAbi), functionName: "carryOver", args: [[account]] },
    explanation: {
      title: w.carry(into.name),
      lines: [[w.left, formatAmount(amount_cents, from)]],
      consequence: w.meaning(into.name),
      until_s: null,
      payer: "self",
    },
  };
}
