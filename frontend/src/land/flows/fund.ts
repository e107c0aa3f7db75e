import type { Address } from "viem";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import type { SlipAct } from "../../acts/act";
import { conveyanceAbi } from "../../generated/Conveyance";
import { paidIn } from "../../town/currency";
import { slipKind } from "../../town/instances";
import { formatAmount } from "../../words/format";
import { land } from "../words/land";
import { fundingNonce, newSalt } from "../funding";
import { nameOf, parcelOf } from "../parcel";
import type { Sale } from "../sales";
import { paymentTo } from "./receive";

const DAY_S = 86_400n;

/** Pays into the escrow of a sale. */
export async function fund(payer: Address, sale: Sale, amount_cents: bigint): Promise<SlipAct> {
  const conveyance = at(sale.contract, conveyanceAbi);
  const salt = newSalt();
  const before = (await now_s()) + DAY_S;
  const nonce = fundingNonce(sale.termsHash, salt);
  const typed = await paymentTo(sale.contract, payer, amount_cents, before, nonce);
  const w = land().sale.fund;
  const amount = formatAmount(amount_cents, paidIn(sale.contract));
  return {
    kind: slipKind("fund", sale.contract),
    typed,
    extra: { sale: sale.number, termsHash: sale.termsHash, salt },
    explanation: {
      title: w.explain(amount, nameOf(parcelOf(sale.title))),
      lines: [[w.kept, w.contract]],
      consequence: w.consequence,
      until_s: before,
      payer: "town",
    },
    direct: (signature) => ({
      ...conveyance,
      functionName: "fundBySlip",
      args: [sale.number, payer, amount_cents, 0n, before, salt, signature],
    }),
  };
}
