/** Why a text is no amount. */
type AmountFault = "empty" | "unreadable" | "ambiguous" | "decimals" | "zero" | "tooLarge";

export type ParsedAmount = { cents: bigint; fault: null } | { cents: null; fault: AmountFault };

const LARGEST_CENTS = 10n ** 15n;
/** Spaces, or apostrophes, between groups of three digits: "12 50" is not 1,250. */
const SPACED = /^[1-9]\d{0,2}([ '])\d{3}(?:\1\d{3})*(?:[.,]\d{1,2})?$/;
const refuse = (fault: AmountFault): ParsedAmount => ({ cents: null, fault });

/**
 * Reads an amount as people type it: comma or point, spaces of any width between thousands, a currency after it.
 * "1,234" is refused rather than guessed: one in France, a thousand in England.
 */
export function parseAmount(typed: string): ParsedAmount {
  const spaced = typed
    .trim()
    .replace(/\s*(?:€|[A-Za-z]{1,8})$/u, "")
    .replace(/\s/gu, " ")
    .replace(/’/gu, "'");
  if (typed.trim() === "") return refuse("empty");
  if (/[ ']/.test(spaced) && !SPACED.test(spaced)) return refuse("unreadable");
  const text = spaced.replace(/[ ']/g, "");
  if (!/^\d[\d.,]*$/.test(text)) return refuse("unreadable");
  const separators = [...text.matchAll(/[.,]/g)];
  const last = separators.at(-1);
  if (!last) return whole(text, "");
  const kinds = new Set(separators.map(([separator]) => separator));
  const decimals = text.slice(last.index + 1);
  const before = text.slice(0, last.index);
  if (separators.length === 1) {
    if (decimals.length === 3) return refuse("ambiguous");
    return whole(before, decimals);
  }
  // Thousands are grouped: by the other separator, or by this one alone.
  const grouping = kinds.size === 2 ? before : text;
  const groups = grouping.split(/[.,]/);
  const isGrouped = new Set(grouping.match(/[.,]/g)).size <= 1 && groups.slice(1).every((group) => group.length === 3);
  if (!isGrouped || (groups[0]?.length ?? 0) > 3) return refuse("unreadable");
  return kinds.size === 2 ? whole(groups.join(""), decimals) : whole(groups.join(""), "");
}

function whole(units: string, decimals: string): ParsedAmount {
  if (decimals.length > 2) return refuse("decimals");
  const cents = BigInt(units || "0") * 100n + BigInt(decimals.padEnd(2, "0"));
  if (cents === 0n) return refuse("zero");
  return cents > LARGEST_CENTS ? refuse("tooLarge") : { cents, fault: null };
}

/** Cents as a form holds them, by the language's decimal sign: "12,50" or "12.50". */
export function typeAmount(cents: bigint, decimalSign: string): string {
  return `${cents / 100n}${decimalSign}${(cents % 100n).toString().padStart(2, "0")}`;
}
