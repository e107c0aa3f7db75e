import type { Address } from "viem";

/** As `RightKind` of the register. */
export const FULL = 0;
export const BARE = 1;
export const USUFRUCT = 2;

/** A holder's share of a title, out of the title's whole. */
export interface Right {
  holder: Address;
  kind: number;
  shares: number;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** A share in its lowest terms; null when it is the whole. */
export function fraction(shares: number, whole: number): { over: number; under: number } | null {
  if (shares === whole) return null;
  const common = gcd(shares, whole) || 1;
  return { over: shares / common, under: whole / common };
}

/** Part of a circle, from 0 to 1: for drawing, never for reckoning. */
export const portion = (right: Right, whole: number): number => right.shares / whole;

/** The rights of a title: the one holder's, or those recorded apart. */
export function rightsOf(
  title: { owner: Address; whole: number; rights: number },
  recorded: readonly Right[],
): readonly Right[] {
  return title.rights === 0 ? [{ holder: title.owner, kind: FULL, shares: title.whole }] : recorded;
}

/** Whether the rights are all there: full and bare make the whole, and full and usufruct. */
export function isWhole(rights: readonly Right[], whole: number): boolean {
  const sum = (...kinds: number[]): number =>
    rights.reduce((total, right) => total + (kinds.includes(right.kind) ? right.shares : 0), 0);
  return sum(FULL, BARE) === whole && sum(FULL, USUFRUCT) === whole;
}

export const LIVE = 1;
export const UNDER_SALE = 2;
export const FROZEN = 4;
export const RETIRED = 8;

export type TitleState = "unregistered" | "retired" | "frozen" | "barred" | "sale" | "free";

/** The state that weighs most. */
export function stateOf(flags: number, isBarred = false): TitleState {
  if (flags & RETIRED) return "retired";
  if (flags & FROZEN) return "frozen";
  if (isBarred) return "barred";
  if (flags & UNDER_SALE) return "sale";
  return flags & LIVE ? "free" : "unregistered";
}
