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

/** A part of a whole, exactly. */
export interface Part {
  over: bigint;
  under: bigint;
}

/** What people write for a share: "1/2", "1" for the whole; null for anything else, and for nothing at all. */
export function readPart(text: string): Part | null {
  const [, over, under] = /^(\d{1,9})(?:\s*\/\s*(\d{1,9}))?$/.exec(text.trim()) ?? [];
  const part = { over: BigInt(over ?? 0), under: BigInt(under ?? 1) };
  return part.over > 0n && part.over <= part.under ? part : null;
}

/** A part in units of a title's whole; null where they cannot be cut so. */
export function unitsOf({ over, under }: Part, whole: number): number | null {
  const units = over * BigInt(whole);
  return units % under === 0n ? Number(units / under) : null;
}

/** As people write a share: the inverse of `readPart`. */
export function writePart(shares: number, whole: number): string {
  const part = fraction(shares, whole);
  return part ? `${part.over}/${part.under}` : "1";
}

/** The largest whole that a title can count. */
const MOST_UNITS = 2 ** 24 - 1;

/** The least whole in which these parts can be counted; null where no title counts so finely. */
export function leastWhole(parts: readonly Part[]): number | null {
  let least = 1n;
  for (const { under } of parts) {
    least = (least * under) / common(least, under);
    if (least > BigInt(MOST_UNITS)) return null;
  }
  return Number(least);
}

/** A share that someone is to have. */
export interface Told {
  holder: Address;
  kind: number;
  part: Part;
}

/**
 * Shares as the register counts them, as `beffroi.land.shares.to_units`: in the least whole that serves, those of one
 * holder
 * and kind added up, in a settled order. Null where they make no whole parcel, or one too fine to count.
 */
export function counted(told: readonly Told[]): { whole: number; rights: Right[] } | null {
  const sums = new Map<string, Told>();
  for (const { holder, kind, part } of told) {
    const key = `${kind}/${holder}`;
    sums.set(key, { holder, kind, part: sum(sums.get(key)?.part ?? { over: 0n, under: 1n }, part) });
  }
  const gathered = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
  const whole = leastWhole(gathered.map(({ part }) => part));
  if (whole === null) return null;
  const rights = gathered.map(({ holder, kind, part }) => ({ holder, kind, shares: unitsOf(part, whole) ?? 0 }));
  return isWhole(rights, whole) ? { whole, rights } : null;
}

const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b));

function sum(a: Part, b: Part): Part {
  const [over, under] = [a.over * b.under + b.over * a.under, a.under * b.under];
  const shared = common(over, under);
  return { over: over / shared, under: under / shared };
}

/**
 * The units of bare ownership and of use in a list of rights: what is sold and what is bought have the same of both.
 */
export function sumsOf(rights: readonly Right[]): { bare: number; use: number } {
  const count = (without: number): number =>
    rights.reduce((total, { kind, shares }) => total + (kind === without ? 0 : shares), 0);
  return { bare: count(USUFRUCT), use: count(BARE) };
}

/** The rights of a title: the one holder's, or those recorded apart. */
export function rightsOf(
  title: { owner: Address; whole: number; rights: number },
  recorded: readonly Right[],
): readonly Right[] {
  return title.rights === 0 ? [{ holder: title.owner, kind: FULL, shares: title.whole }] : recorded;
}

/** Whether the rights are all there: full and bare make the whole, and full and usufruct. */
export function isWhole(rights: readonly Right[], whole: number): boolean {
  const { bare, use } = sumsOf(rights);
  return bare === whole && use === whole;
}

const LIVE = 1;
const UNDER_SALE = 2;
const FROZEN = 4;
const RETIRED = 8;

export type TitleState = "unregistered" | "retired" | "frozen" | "barred" | "sale" | "free";

/** The state that weighs most. */
export function stateOf(flags: number, isBarred = false): TitleState {
  if (flags & RETIRED) return "retired";
  if (flags & FROZEN) return "frozen";
  if (isBarred) return "barred";
  if (flags & UNDER_SALE) return "sale";
  return flags & LIVE ? "free" : "unregistered";
}
