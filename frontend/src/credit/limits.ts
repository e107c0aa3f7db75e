/** What a member may still owe, be owed and lend, by the contract's rule. */
import type { Circle, Member } from "./chain/circle";

const BASIS_POINTS = 10_000n;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const noLess = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/** What her limit has grown by since it was set; rounded down. */
export const grownOf = ({ growth_bps, mostGrowth }: Circle, { earned }: Member): bigint =>
  least((earned * growth_bps) / BASIS_POINTS, mostGrowth);

/** What she vouches for others. */
export const lentOf = ({ vouchedFor, vouched }: Member): bigint => vouchedFor - vouched;

/** What she may still spend. */
export const leftOf = ({ balance, mostDebt }: Member): bigint => noLess(balance + mostDebt);

/** What she may still be paid. */
export const roomOf = ({ balance, ceiling }: Member): bigint => noLess(ceiling - balance);

/** What of her limit she neither uses nor lends on. */
export const freeOf = (circle: Circle, member: Member): bigint =>
  noLess(member.floor + grownOf(circle, member) + member.vouched + least(member.balance, 0n));

/** Where a balance is between its limits. */
type Zone = "calm" | "floorNear" | "floorReached" | "ceilingNear" | "ceilingReached";

function zoneBy(amount: bigint, limit: bigint, near: Zone, reached: Zone): Zone {
  if (amount >= limit) return reached;
  return 5n * amount >= 4n * limit ? near : "calm";
}

/** The zone as the contract warns of it: at four fifths of what she may owe, or be owed, and beyond. */
export function zoneOf({ balance, mostDebt, ceiling }: Member): Zone {
  if (balance < 0n) return zoneBy(-balance, mostDebt, "floorNear", "floorReached");
  return balance > 0n ? zoneBy(balance, ceiling, "ceilingNear", "ceilingReached") : "calm";
}

/** A bar from the most that she may owe to the most that she may be owed: places from 0 to 1. */
interface Bar {
  zero: number;
  from: number;
  to: number;
}

/** Where a limit was cut below the balance, the bar is as long as the balance. */
export function barOf({ balance, mostDebt, ceiling }: Member): Bar {
  const below = Number(mostDebt > -balance ? mostDebt : -balance);
  const above = Number(ceiling > balance ? ceiling : balance);
  const whole = below + above;
  if (whole === 0) return { zero: 0.5, from: 0.5, to: 0.5 };
  const [zero, now] = [below / whole, (below + Number(balance)) / whole];
  return { zero, from: Math.min(zero, now), to: Math.max(zero, now) };
}

/** Whether she spends what she is owed, or more: who is suspended or has left may the first. */
export const mayPay = ({ standing }: Member): boolean => ["active", "suspended", "left"].includes(standing);
