import type { Hex } from "viem";
import type { Title } from "../land/register";
import type { Surveyed } from "../land/survey";

/** The most parcels that one act divides into, or merges. */
const MOST_PARTS = 8;

export type Redrawn = "divide" | "merge";
export type RedrawFault = "noTitle" | "parts" | "areas" | "holders";

type Standing = Pick<Title, "token" | "version" | "area_m2" | "state" | "whole" | "rights">;

/** What the titles have together, and the new parcels. */
export const areasOf = (
  titles: readonly Standing[],
  drawn: readonly Surveyed[],
): { old_m2: number; new_m2: number } => ({
  old_m2: titles.reduce((sum, { area_m2 }) => sum + area_m2, 0),
  new_m2: drawn.reduce((sum, { area_m2 }) => sum + area_m2, 0),
});

/** The arguments of `divide` or `merge`, or why it cannot be: one title into several parcels, or several into one. */
export function readRedrawing(
  act: Redrawn,
  titles: readonly (Standing | null)[],
  drawn: readonly Surveyed[],
  document: Hex,
): { args: readonly unknown[]; fault: null } | { args: null; fault: RedrawFault } {
  const refuse = (fault: RedrawFault) => ({ args: null, fault });
  const free = titles.filter((title) => title?.state === "free") as Standing[];
  if (titles.length === 0 || free.length < titles.length) return refuse("noTitle");
  const [whole, parts] = act === "divide" ? [free, drawn] : [drawn, free];
  const isDistinct = new Set(parts.map(({ token }) => token)).size === parts.length;
  if (whole.length !== 1 || parts.length < 2 || parts.length > MOST_PARTS || !isDistinct) return refuse("parts");
  const { old_m2, new_m2 } = areasOf(free, drawn);
  if (old_m2 !== new_m2) return refuse("areas");
  if (!free.every((title) => isHeldLike(title, free[0]!))) return refuse("holders");
  const parcels = drawn.map(({ token: id, area_m2, geometryHash }) => ({ id, area_m2, geometryHash }));
  if (act === "divide") return { args: [free[0]!.token, free[0]!.version, parcels, document], fault: null };
  return {
    args: [free.map(({ token }) => token), free.map(({ version }) => version), parcels[0], document],
    fault: null,
  };
}

/** The same people in the same shares, as they are recorded: the contract compares them so. */
const isHeldLike = (one: Standing, other: Standing): boolean =>
  one.whole === other.whole && JSON.stringify(one.rights) === JSON.stringify(other.rights);
