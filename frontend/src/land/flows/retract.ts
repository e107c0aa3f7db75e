import type { Address } from "viem";
import { at } from "../../chain/client";
import type { DirectAct, SlipAct } from "../../acts/act";
import { conveyanceAbi } from "../../generated/Conveyance";
import { formatAmount } from "../../words/format";
import { land } from "../words/land";
import { nameOf, parcelOf } from "../parcel";
import { type Sale, domain } from "../sales";
import { typedRetraction } from "../terms";

/** A buyer withdraws, in the time that the terms leave. `buyer` is the account as the terms name it. */
export function retract(buyer: Address, sale: Sale): SlipAct {
  const w = land().sale.retract;
  return {
    kind: "retraction",
    typed: typedRetraction(domain(), sale.number),
    extra: { buyer },
    explanation: {
      title: w.explain(nameOf(parcelOf(sale.title))),
      lines: [],
      consequence: w.consequence,
      until_s: sale.terms.retractUntil,
      payer: "town",
    },
    direct: (signature) => ({
      ...at("Conveyance", conveyanceAbi),
      functionName: "retract",
      args: [sale.number, sale.terms, buyer, signature],
    }),
  };
}

/** Gives a payer back what they paid into a sale that came to nothing; anyone may send it. */
export function refund(payer: Address, sale: Sale, amount_cents: bigint): DirectAct {
  const w = land().sale.refund;
  return {
    call: { ...at("Conveyance", conveyanceAbi), functionName: "refund", args: [sale.number, payer] },
    explanation: {
      title: w.explain,
      lines: [[w.title, formatAmount(amount_cents)]],
      until_s: null,
      payer: "self",
    },
  };
}

/** Pays what could not be paid at a settlement; anyone may send it. */
export function withdraw(payee: Address, amount_cents: bigint): DirectAct {
  const w = land();
  return {
    call: { ...at("Conveyance", conveyanceAbi), functionName: "withdraw", args: [payee] },
    explanation: {
      title: w.mine.takeOwed,
      lines: [[w.deed.youGet, formatAmount(amount_cents)]],
      until_s: null,
      payer: "self",
    },
  };
}
