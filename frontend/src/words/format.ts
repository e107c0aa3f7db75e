import { type Address, getAddress } from "viem";
import { theCurrency } from "../town/currency";
import { locale } from ".";

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(name: string, make: (locale: string) => T): T {
  const key = `${locale()}/${name}`;
  const found = formats.get(key) ?? make(locale());
  formats.set(key, found);
  return found as T;
}

/** Cents as a decimal number with two decimals, exact however large: Intl takes decimal text. */
function decimal(cents: bigint): `${number}` {
  const sign = cents < 0n ? "-" : "";
  const size = cents < 0n ? -cents : cents;
  return `${sign}${size / 100n}.${(size % 100n).toString().padStart(2, "0")}` as `${number}`;
}

const twoDecimals = (): Intl.NumberFormat =>
  cached("amount", (it) => new Intl.NumberFormat(it, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));

/** What stands before decimals: "," or ".". */
export const decimalSign = (): string => formatCents(0n).replaceAll(/\d/g, "");

/** An amount without its currency: "1 234,50". */
export const formatCents = (cents: bigint): string => twoDecimals().format(decimal(cents));

/** An amount of a money of the town, that of the page unless told: "1 234,50 LYS". */
export const formatAmount = (cents: bigint, { symbol } = theCurrency()): string =>
  `${formatCents(cents)}\u00a0${symbol}`;

/** An amount with its sign, without its currency: "+ 12,50". */
export const formatSigned = (cents: bigint): string =>
  `${cents < 0n ? "−" : "+"}\u00a0${formatCents(cents < 0n ? -cents : cents)}`;

/** The same with the currency, for histories: "+ 12,50 LYS". */
export const formatChange = (cents: bigint): string => `${formatSigned(cents)}\u00a0${theCurrency().symbol}`;

/** Euros, in the bank: "1 234,50 €". */
export const formatEuros = (cents: bigint): string =>
  cached("euros", (it) => new Intl.NumberFormat(it, { style: "currency", currency: "EUR" })).format(decimal(cents));

/** The same to its sixth decimal, where it has so many, in 10⁻¹⁰ €: "0,132 €". */
export function formatPrice(tenBillionths: bigint): string {
  const digits = tenBillionths.toString().padStart(11, "0");
  return cached(
    "price",
    (it) => new Intl.NumberFormat(it, { style: "currency", currency: "EUR", maximumFractionDigits: 6 }),
  ).format(`${digits.slice(0, -10)}.${digits.slice(-10)}` as `${number}`);
}

export const formatNumber = (value: number | bigint): string =>
  cached("number", (it) => new Intl.NumberFormat(it, { maximumFractionDigits: 2 })).format(value);

/** A decimal of any length, to its sixth place. */
export const formatDecimal = (decimal: `${number}`): string =>
  cached("decimal", (it) => new Intl.NumberFormat(it, { maximumFractionDigits: 6 })).format(decimal);

/** A part of one: 0.125 is "12,5 %". */
export const formatShare = (share: number): string =>
  cached("share", (it) => new Intl.NumberFormat(it, { style: "percent", maximumFractionDigits: 1 })).format(share);

const date = (seconds: number | bigint): Date => new Date(Number(seconds) * 1000);

/** "22 novembre 2026". */
export const formatDay = (seconds: number | bigint): string =>
  cached("day", (it) => new Intl.DateTimeFormat(it, { dateStyle: "long" })).format(date(seconds));

/** "22/11/2026", for tables. */
export const formatShortDay = (seconds: number | bigint): string =>
  cached("shortDay", (it) => new Intl.DateTimeFormat(it, { dateStyle: "short" })).format(date(seconds));

const DAY_S = 86_400;
const MONDAY_S = 4 * DAY_S;

/** "lun.", of 1. */
export const formatWeekday = (day: number): string =>
  cached("weekday", (it) => new Intl.DateTimeFormat(it, { weekday: "short", timeZone: "UTC" })).format(
    date(MONDAY_S + (day - 1) * DAY_S),
  );

/** "janv.", of 1. */
export const formatMonth = (month: number): string =>
  cached("month", (it) => new Intl.DateTimeFormat(it, { month: "short", timeZone: "UTC" })).format(
    new Date(Date.UTC(2_000, month - 1)),
  );

/** "22 novembre 2026 à 14:05". */
export const formatMoment = (seconds: number | bigint): string =>
  cached("moment", (it) => new Intl.DateTimeFormat(it, { dateStyle: "long", timeStyle: "short" })).format(
    date(seconds),
  );

/** "22/11 14:05", for tables. */
export const formatShortMoment = (seconds: number | bigint): string =>
  cached(
    "short",
    (it) => new Intl.DateTimeFormat(it, { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" }),
  ).format(date(seconds));

/** "14:05", by the clock of a place. */
export const formatTime = (seconds: number | bigint, timeZone: string): string =>
  cached(`time/${timeZone}`, (it) => new Intl.DateTimeFormat(it, { timeStyle: "short", timeZone })).format(
    date(seconds),
  );

/** An address as people can compare it: "0x7099…79C8", never broken in two lines. */
export function formatAddress(address: Address): string {
  const full = getAddress(address);
  return `${full.slice(0, 6)}…\u2060${full.slice(-4)}`;
}

/** A transaction, a reference: the ends of 32 bytes. */
export const formatHash = (hash: `0x${string}`): string => `${hash.slice(0, 8)}…\u2060${hash.slice(-6)}`;
