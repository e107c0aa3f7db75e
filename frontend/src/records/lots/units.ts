/** Units of UN/CEFACT's Recommendation 20 that convert, exactly: docs/provenance.md. Another converts to itself. */
import { type Fraction, fraction, times } from "./fraction";

const KINDS: readonly (readonly [string, Readonly<Record<string, readonly [bigint, bigint]>>])[] = [
  [
    "KGM",
    {
      GRM: [1n, 1000n],
      MGM: [1n, 1_000_000n],
      TNE: [1000n, 1n],
      LBR: [45_359_237n, 100_000_000n],
      ONZ: [45_359_237n, 1_600_000_000n],
    },
  ],
  ["LTR", { MLT: [1n, 1000n], CLT: [1n, 100n], DLT: [1n, 10n], HLT: [100n, 1n], MTQ: [1000n, 1n] }],
  ["C62", { EA: [1n, 1n], H87: [1n, 1n], PCE: [1n, 1n], DZN: [12n, 1n] }],
  ["MTR", { MMT: [1n, 1000n], CMT: [1n, 100n], KMT: [1000n, 1n] }],
];
const ONE = fraction(1n);
const FIRST = new Map<string, { kind: string; factor: Fraction }>(
  KINDS.flatMap(([kind, others]) =>
    [[kind, { kind, factor: ONE }] as const].concat(
      Object.entries(others).map(([unit, [n, d]]) => [unit, { kind, factor: fraction(n, d) }] as const),
    ),
  ),
);

/** What a unit counts: named by the first unit of those that convert to each other. */
export const kindOf = (unit: string): string => FIRST.get(unit)?.kind ?? unit;

const factorOf = (unit: string): Fraction => FIRST.get(unit)?.factor ?? ONE;

/** So many of a unit, in the first of its kind. */
export const inFirst = (quantity: Fraction, unit: string): Fraction => times(quantity, factorOf(unit));
