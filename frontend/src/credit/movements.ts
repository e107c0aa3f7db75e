/** What changed a member's balance, from what a circle told. As beffroi/credit/creditstatement.py. */
import type { Address, Hex } from "viem";

type Nature = "payment" | "called" | "writtenOff" | "netted";

/** One owes more, the other is owed more. */
export interface Shift {
  block: bigint;
  index: number;
  at_s: number;
  transaction: Hex;
  nature: Nature;
  from: Address;
  /** Null where the bank is. */
  to: Address | null;
  amount: bigint;
  /** What of a payment was money beside it. */
  backed: bigint;
  /** Of a payment or a transfer; zeros for none. */
  ref: Hex;
}

/** A change of a member's balance. */
export interface Movement extends Omit<Shift, "from" | "to" | "amount"> {
  /** The other account; null where the bank is. */
  other: Address | null;
  /** Whether the money beside it went out. */
  isOut: boolean;
  /** Above zero she is owed more. */
  change: bigint;
  balance: bigint;
}

const comesBefore = (a: Shift, b: Shift): boolean => a.block < b.block || (a.block === b.block && a.index < b.index);

/** A member's movements under whatever keys she had, in order, with her balance after each. */
export function movementsOf(keys: readonly Address[], shifts: readonly Shift[]): Movement[] {
  let balance = 0n;
  const once = [...new Map(shifts.map((it) => [`${it.block}/${it.index}`, it])).values()];
  return once
    .sort((a, b) => (comesBefore(a, b) ? -1 : 1))
    .filter(({ from, to }) => keys.includes(from) !== (to !== null && keys.includes(to)))
    .map(({ from, to, amount, ...it }) => {
      const isOut = keys.includes(from);
      const change = isOut ? -amount : amount;
      balance += change;
      return { ...it, other: isOut ? to : from, isOut, change, balance };
    });
}
