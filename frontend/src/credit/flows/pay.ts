/** What a payer signs. */
import { type Address, type Hex, zeroHash } from "viem";
import { readContract } from "viem/actions";
import type { SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { at, chain } from "../../chain/client";
import { now_s } from "../../chain/head";
import { mutualCreditAbi } from "../../generated/MutualCredit";
import { drawNonce } from "../../money/flows/nonce";
import { referenceHash } from "../../money/flows/pay";
import { nameOf } from "../../parts/Address";
import { slipKind } from "../../town/instances";
import { amountIn } from "../amount";
import type { Circle } from "../chain/circle";
import { type Mix, readMix } from "../chain/mix";
import { SLIPS, creditNonce } from "../slips";
import { credit } from "../words/credit";

const DAY_S = 86_400n;

export interface Payment {
  to: Address;
  amount: bigint;
  /** An invoice, a receipt: payable once by each payer; "" for none. */
  reference: string;
}

function isUsed({ contract }: Circle, payer: Address, nonce: Hex): Promise<boolean> {
  const call = { functionName: "slipUsed", args: [payer, BigInt(nonce)] } as const;
  return readContract(chain(), { ...at(contract, mutualCreditAbi), ...call });
}

const refOf = ({ reference }: Payment): Hex => (reference ? referenceHash(reference) : zeroHash);

/** Whether this very payment was made under its reference, or cancelled. */
export async function isPaid(circle: Circle, payer: Address, payment: Payment): Promise<boolean> {
  const { to, amount, reference } = payment;
  return reference !== "" && isUsed(circle, payer, creditNonce(to, amount, refOf(payment)));
}

async function ending(circle: Circle, payer: Address, payment: Payment) {
  const ref = refOf(payment);
  const nonce = payment.reference
    ? creditNonce(payment.to, payment.amount, ref)
    : drawNonce(circle.contract, payer, (it) => isUsed(circle, payer, it));
  const [now, drawn] = await Promise.all([now_s(), nonce]);
  return { ref, nonce: BigInt(drawn), deadline: now + DAY_S };
}

/** A payment in credit alone. */
export async function payInCredit(payer: Address, circle: Circle, payment: Payment): Promise<SlipAct> {
  const { contract } = circle;
  const [domain, end] = await Promise.all([domainOf(contract), ending(circle, payer, payment)]);
  const message = { from: payer, to: payment.to, amount: payment.amount, ...end };
  const w = credit().pay.signing;
  return {
    kind: slipKind("credit_pay", contract),
    typed: { domain, types: { CreditPayment: SLIPS.CreditPayment }, primaryType: "CreditPayment", message },
    explanation: {
      title: w.title(amountIn(circle, message.amount), nameOf(message.to)),
      lines: [[w.credit, amountIn(circle, message.amount)], ...linesOf(payment)],
      consequence: w.owing(amountIn(circle, message.amount)),
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(contract, mutualCreditAbi),
      functionName: "payBySlip",
      args: [{ ...message, signature }],
    }),
  };
}

/** A payment in money first, and in no more credit than it takes now. */
export async function payMixed(payer: Address, circle: Circle, payment: Payment): Promise<SlipAct> {
  const { contract } = circle;
  const [domain, end, mix] = await Promise.all([
    domainOf(contract),
    ending(circle, payer, payment),
    readMix(circle, payer, payment.amount),
  ]);
  const amounts = { amount_cents: payment.amount, mostCredit_cents: mix.credit };
  const message = { from: payer, to: payment.to, ...amounts, ...end };
  const w = credit().pay.signing;
  const signed = { backed: message.amount_cents - message.mostCredit_cents, credit: message.mostCredit_cents };
  return {
    kind: slipKind("credit_mixed", contract),
    typed: { domain, types: { MixedPayment: SLIPS.MixedPayment }, primaryType: "MixedPayment", message },
    explanation: {
      title: w.title(amountIn(circle, message.amount_cents), nameOf(message.to)),
      lines: [
        [w.mix, mixIn(circle, signed)],
        [w.mostCredit, amountIn(circle, message.mostCredit_cents)],
        ...linesOf(payment),
      ],
      consequence: w.mixed,
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(contract, mutualCreditAbi),
      functionName: "payMixedBySlip",
      args: [{ ...message, signature }],
    }),
  };
}

function linesOf({ to, reference }: Payment): (readonly [string, string])[] {
  const w = credit().pay.signing;
  return [[w.to, nameOf(to)], [w.address, to], ...(reference ? ([[w.reference, reference]] as const) : [])];
}

/** "30,00 LYS en monnaie + 10,00 LYS en crédit". */
export const mixIn = (circle: Circle, mix: Mix): string =>
  credit().pay.mix(amountIn(circle, mix.backed), amountIn(circle, mix.credit));
