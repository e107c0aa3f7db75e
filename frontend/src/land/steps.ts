import type { Sale } from "./sales";
import { total } from "./terms";

export const STEPS = ["agreed", "deposited", "purged", "met", "funded", "settled"] as const;
export type Step = (typeof STEPS)[number];

/** Which steps of a sale are done. Those in the middle may come in any order. */
export function stepsOf(
  sale: Pick<Sale, "state" | "isPurged" | "pending" | "escrow_cents" | "terms">,
): Record<Step, boolean> {
  const isSettled = sale.state === "settled";
  return {
    agreed: sale.state !== "none",
    deposited: isSettled || sale.state === "deposited",
    purged: isSettled || sale.isPurged,
    met: isSettled || sale.pending === 0,
    funded: isSettled || sale.escrow_cents === total(sale.terms),
    settled: isSettled,
  };
}

export type Preemption = "none" | "toDeclare" | "awaited" | "silent" | "renounced" | "preempted";

/** Where the town's right of pre-emption stands: silence past the deadline renounces. */
export function preemptionOf(sale: Pick<Sale, "answer" | "answerBy_s" | "isPurged">, now_s: number): Preemption {
  if (sale.answer === "awaited") return sale.answerBy_s < now_s ? "silent" : "awaited";
  if (sale.answer !== "none") return sale.answer;
  return sale.isPurged ? "none" : "toDeclare";
}

/** The deadline past which anyone may end an open sale; null for one that is over. */
export function deadlineOf(sale: Pick<Sale, "state" | "pending" | "terms">): bigint | null {
  if (sale.state === "agreed") return sale.terms.depositBy;
  if (sale.state !== "deposited") return null;
  return sale.pending > 0 ? sale.terms.conditionsBy : sale.terms.settleBy;
}

/**
 * What a payer is to pay next: the deposit's part while it is awaited, as far as theirs goes; then all that is left.
 */
export function nextPayment(
  sale: Pick<Sale, "state" | "escrow_cents" | "terms">,
  share: { pledged_cents: bigint; paid_cents: bigint },
): { amount_cents: bigint; isDeposit: boolean } {
  const left = share.pledged_cents - share.paid_cents;
  const missing = sale.terms.deposit_cents - sale.escrow_cents;
  if (sale.state === "agreed" && missing > 0n && missing < left) return { amount_cents: missing, isDeposit: true };
  return { amount_cents: left, isDeposit: false };
}
