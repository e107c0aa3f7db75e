/** Exact numbers: a quantity is never rounded before it is compared. */
export interface Fraction {
  readonly n: bigint;
  /** Above 0. */
  readonly d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };

/** In lowest terms, so that sums stay short. */
export function fraction(n: bigint, d = 1n): Fraction {
  if (d === 1n) return { n, d };
  let [a, b] = [n < 0n ? -n : n, d];
  while (b) [a, b] = [b, a % b];
  return a > 1n ? { n: n / a, d: d / a } : { n, d };
}

export const plus = (x: Fraction, y: Fraction): Fraction =>
  x.d === y.d ? fraction(x.n + y.n, x.d) : fraction(x.n * y.d + y.n * x.d, x.d * y.d);
export const minus = (x: Fraction, y: Fraction): Fraction => plus(x, { n: -y.n, d: y.d });
export const times = (x: Fraction, y: Fraction): Fraction => fraction(x.n * y.n, x.d * y.d);
/** `y` is above 0. */
export const over = (x: Fraction, y: Fraction): Fraction => fraction(x.n * y.d, x.d * y.n);
export const isMore = (x: Fraction, y: Fraction): boolean => x.n * y.d > y.n * x.d;
export const least = (x: Fraction, y: Fraction): Fraction => (isMore(x, y) ? y : x);

const DECIMAL = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,13}[1-9])?$/;
const MOST_DIGITS = 15;

/** A quantity as papers write it: above 0, no zero that says nothing, 15 digits at most; null where it is none. */
export function ofDecimal(text: string): Fraction | null {
  const [whole = "", part = ""] = text.split(".");
  const digits = (whole + part).replace(/^0+/, "").length;
  if (!DECIMAL.test(text) || digits === 0 || digits > MOST_DIGITS) return null;
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length));
}

/** As a decimal, cut after so many places; whether that is all of it. */
export function toDecimal({ n, d }: Fraction, places = 6): { text: `${number}`; isExact: boolean } {
  const scaled = n * 10n ** BigInt(places);
  const digits = (scaled / d).toString().padStart(places + 1, "0");
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, "");
  return { text: text as `${number}`, isExact: scaled % d === 0n };
}
