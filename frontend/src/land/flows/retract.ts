import type { Address } from "viem";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import type { DirectAct, SlipAct } from "../../acts/act";
import { conveyanceAbi } from "../../generated/Conveyance";
import { nameOf as addressName } from "../../parts/Address";
import { paidIn } from "../../town/currency";
import { slipKind } from "../../town/instances";
import { formatAmount } from "../../words/format";
import { land } from "../words/land";
import { nameOf, parcelOf } from "../parcel";
import { type Owed, type Sale, domain } from "../sales";
import { typedRetraction } from "../terms";

/** A buyer withdraws, in the time that the terms leave. `buyer` is the account as the terms name it. */
export function retract(buyer: Address, sale: Sale): SlipAct {
  const w = land().sale.retract;
  return {
    kind: slipKind("retraction", sale.contract),
    typed: typedRetraction(domain(sale.contract), sale.number),
    extra: { buyer },
    explanation: {
      title: w.explain(nameOf(parcelOf(sale.title))),
      lines: [],
      consequence: w.consequence,
      until_s: sale.terms.retractUntil,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(sale.contract, conveyanceAbi),
      functionName: "retract",
      args: [sale.number, sale.terms, buyer, signature],
    }),
  };
}

/** Gives a payer back what they paid into a sale that came to nothing; anyone may send it. */
export function refund(payer: Address, sale: Sale, amount_cents: bigint): DirectAct {
  const w = land().sale.refund;
  return {
    call: { ...at(sale.contract, conveyanceAbi), functionName: "refund", args: [sale.number, payer] },
    explanation: {
      title: w.explain,
      lines: [[w.title, formatAmount(amount_cents, paidIn(sale.contract))]],
      until_s: null,
      payer: "self",
    },
  };
}

const WITHDRAWAL = {
  Withdrawal: [
    { name: "payee", type: "address" },
    { name: "to", type: "address" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

const WEEK_S = 604_800n;

/** Sends what could not be paid to another account, as its payee signs it. `payee` is the account as it is owed to. */
export async function withdrawTo(payee: Address, to: Address, { contract, amount_cents }: Owed): Promise<SlipAct> {
  const message = { payee, to, deadline: (await now_s()) + WEEK_S };
  const w = land().mine;
  return {
    kind: slipKind("withdrawal", contract),
    typed: { domain: domain(contract), types: WITHDRAWAL, primaryType: "Withdrawal", message },
    explanation: {
      title: w.sendOwed,
      lines: [
        [w.owedNow, formatAmount(amount_cents, paidIn(contract))],
        [w.to, addressName(message.to)],
        [w.address, message.to],
      ],
      consequence: w.sendConsequence,
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(contract, conveyanceAbi),
      functionName: "withdrawTo",
      args: [message.payee, message.to, message.deadline, signature],
    }),
  };
}

/** Pays what could not be paid, now that the payee may receive; anyone may send it. */
export function withdraw(payee: Address, { contract, amount_cents }: Owed): DirectAct {
  const w = land();
  return {
    call: { ...at(contract, conveyanceAbi), functionName: "withdraw", args: [payee] },
    explanation: {
      title: w.mine.takeOwed,
      lines: [[w.deed.youGet, formatAmount(amount_cents, paidIn(contract))]],
      until_s: null,
      payer: "self",
    },
  };
}
