/** What merchants took in a programme, by period, and what was paid in, spent and is left. No line names a holder. */
import type { Address } from "viem";
import { type Terms, periodAt } from "./terms";

/** Units of a merchant in a period, from 0; what came back after the end stands in the period after the last. */
export interface FigureLine {
  period: number;
  merchant: Address;
  spent: number;
  refunded: number;
}

export interface Figures {
  announced: number;
  funded: number;
  /** Less what was given back by merchants. */
  spent: number;
  left: number;
  /** What the sponsor was given back. */
  returned: number;
  lines: readonly FigureLine[];
  /** Whether the lines sum to what the contract counts: a node may hide one. */
  isWhole: boolean;
}

export interface Taking {
  at_s: number;
  merchant: Address;
  units: number;
  isRefund: boolean;
}

export const netOf = ({ spent, refunded }: FigureLine): number => spent - refunded;

/** By period, then by account. */
export function linesOf(terms: Terms, takings: readonly Taking[]): FigureLine[] {
  const lines = new Map<string, FigureLine>();
  for (const { at_s, merchant, units, isRefund } of takings) {
    const period = Math.min(periodAt(terms, at_s), terms.periods);
    const place = `${period} ${merchant}`;
    const line = lines.get(place) ?? { period, merchant, spent: 0, refunded: 0 };
    line[isRefund ? "refunded" : "spent"] += units;
    lines.set(place, line);
  }
  return [...lines.values()].sort((a, b) => a.period - b.period || (a.merchant < b.merchant ? -1 : 1));
}

/** What the contract counts of a programme, in units. */
interface Counted {
  announced: number;
  funded: number;
  spent: number;
  refunded: number;
  left: number;
}

/** What was told of spends, held to what the contract counts. */
export function figuresOf(terms: Terms, takings: readonly Taking[], counted: Counted): Figures {
  const { announced, funded, left, spent, refunded } = counted;
  const lines = linesOf(terms, takings);
  return {
    announced,
    funded,
    spent: spent - refunded,
    left,
    returned: terms.unit_cents === 0 ? 0 : funded - spent + refunded - left,
    lines,
    isWhole: sumOf(lines, "spent") === spent && sumOf(lines, "refunded") === refunded,
  };
}

const sumOf = (lines: readonly FigureLine[], of: "spent" | "refunded"): number =>
  lines.reduce((sum, line) => sum + line[of], 0);

/** Net units by merchant, the most first. */
export function byMerchant(lines: readonly FigureLine[]): [merchant: Address, units: number][] {
  const sums = new Map<Address, number>();
  for (const line of lines) sums.set(line.merchant, (sums.get(line.merchant) ?? 0) + netOf(line));
  return [...sums].sort(([, a], [, b]) => b - a);
}

/** The very file that `ape run programme report` writes. */
export function reportCsv({ periods, unit_cents }: Terms, lines: readonly FigureLine[]): string {
  const rows = lines.map((line) => [
    line.period === periods ? "after" : String(line.period + 1),
    line.merchant,
    String(line.spent),
    String(line.refunded),
    euros(netOf(line) * unit_cents),
  ]);
  return [["period", "merchant", "spent", "refunded", "euros"], ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

const euros = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
