/** What a circle would refuse, told before anyone signs. In the contract's order. */
import { type Address, isAddressEqual } from "viem";
import { formatAddress } from "../words/format";
import { amountIn } from "./amount";
import { type Circle, type Member, readMember } from "./chain/circle";
import { readNow } from "./chain/mix";
import { type Payment, isPaid } from "./flows/pay";
import { freeOf, leftOf, roomOf } from "./limits";
import { credit } from "./words/credit";

/** Sentences by the field that they belong to. */
export interface Faults {
  to?: string;
  amount?: string;
}

/** Why an account is not paid in credit, nor vouched for; null where it may. */
function memberFault(account: Address, { key, standing }: Member): string | null {
  const w = credit().faults;
  if (!isAddressEqual(key, account)) return w.replaced(formatAddress(key));
  if (standing === "active") return null;
  return standing === "suspended" ? w.suspended : w.notMember;
}

/** What is wrong with a payment of which so much is credit; nothing of money alone. */
export function paymentFaults(circle: Circle, payer: Member, to: Address, payee: Member, amount: bigint): Faults {
  if (amount === 0n) return {};
  const w = credit().faults;
  const [left, room] = [leftOf(payer), roomOf(payee)];
  if (amount > left) return { amount: w.floor(amountIn(circle, amount), amountIn(circle, left)) };
  const fault = memberFault(to, payee);
  if (fault) return { to: fault };
  return amount > room ? { amount: w.ceiling(amountIn(circle, room)) } : {};
}

/** What is wrong with a vouch. */
export function vouchFaults(circle: Circle, voucher: Member, to: Address, member: Member, amount: bigint): Faults {
  const w = credit().faults;
  if (voucher.standing !== "active") return { amount: w.mayNotVouch };
  const free = freeOf(circle, voucher);
  if (amount > free) return { amount: w.free(amountIn(circle, free)) };
  const fault = memberFault(to, member);
  return fault ? { to: fault } : {};
}

export type PaymentFaults = Faults & { reference?: string };

/** The same as of the last block; what is paid already under its reference, and money that the circle may not take. */
export async function foreseePayment(
  circle: Circle,
  payer: Address,
  payment: Payment,
  isMixed: boolean,
): Promise<PaymentFaults> {
  const { to, amount } = payment;
  const [now, own, theirs, paid] = await Promise.all([
    readNow(circle, payer, amount, isMixed),
    readMember(circle, payer),
    readMember(circle, to),
    isPaid(circle, payer, payment),
  ]);
  return {
    ...(now.isAllowed ? {} : { amount: credit().faults.mustAllow }),
    ...paymentFaults(circle, own, to, theirs, now.credit),
    ...(paid ? { reference: credit().pay.alreadyPaid } : {}),
  };
}
