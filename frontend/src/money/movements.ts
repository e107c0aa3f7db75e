import { type Address, type Hex, zeroAddress } from "viem";

/** What a movement was, seen from the account. */
type Nature = "issued" | "redeemed" | "received" | "paid" | "commons" | "recovered";

/** Money that moved to or from an account. */
export interface Movement {
  at_s: number;
  block: bigint;
  index: number;
  nature: Nature;
  /** The other side; null where the money was issued or given back. */
  other: Address | null;
  /** What it adds to the account, or takes. */
  change_cents: bigint;
  /** The account's balance after it. */
  balance_cents: bigint;
  /** A reference that came with it. */
  ref: Hex | null;
  transaction: Hex;
}

/** Where a log stands in the chain. */
export interface Mark {
  block: bigint;
  index: number;
  transaction: Hex;
}

export interface Transfer extends Mark {
  from: Address;
  to: Address;
  cents: bigint;
  at_s: number;
}
export interface Authorization extends Mark {
  authorizer: Address;
  nonce: Hex;
}
export interface Paid extends Mark {
  from: Address;
  to: Address;
  cents: bigint;
  ref: Hex;
}
export interface Issue extends Mark {
  ref: Hex;
}

/** What the chain tells of an account, each list in order; every address checksummed, so that they compare as text. */
export interface Told {
  transfers: readonly Transfer[];
  authorizations: readonly Authorization[];
  paid: readonly Paid[];
  issues: readonly Issue[];
  /** Redemptions that carried a reference. */
  redeemed: readonly Issue[];
  /** Transactions in which this account's money came from, or went to, another key of the same person. */
  recoveries: ReadonlySet<Hex>;
  commons: Address;
}

/** Nonces below it only number slips; from it on they are references. */
const FIRST_REFERENCE = 64n;

const comesBefore = (a: Mark, b: Mark): boolean => a.block < b.block || (a.block === b.block && a.index < b.index);

/**
 * The nonce of the slip that made each transfer: a slip is accepted, then moves money last, before the payer's next
 * slip.
 */
function noncesOf({ transfers, authorizations }: Told): ReadonlyMap<Transfer, Hex> {
  const sent = new Map<string, Transfer[]>();
  for (const it of transfers) push(sent, `${it.transaction}/${it.from}`, it);
  const slips = new Map<string, Authorization[]>();
  for (const it of authorizations) push(slips, `${it.transaction}/${it.authorizer}`, it);
  const nonces = new Map<Transfer, Hex>();
  for (const [key, signed] of slips) {
    for (const [place, slip] of signed.entries()) {
      const end = signed[place + 1]?.index ?? Number.POSITIVE_INFINITY;
      const made = sent.get(key)?.findLast(({ index }) => index > slip.index && index < end);
      if (made) nonces.set(made, slip.nonce);
    }
  }
  return nonces;
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function natureOf(it: Transfer, account: Address, told: Told, ref: Hex | null): Nature {
  if (it.from === zeroAddress) return "issued";
  if (it.to === zeroAddress) return "redeemed";
  if (told.recoveries.has(it.transaction)) return "recovered";
  if (it.from === account) return it.to === told.commons && !ref ? "commons" : "paid";
  return "received";
}

/** An account's movements in order, with its balance after each. */
export function movementsOf(account: Address, told: Told): Movement[] {
  const nonces = noncesOf(told);
  const paid = new Map([...told.paid, ...told.redeemed].map((it) => [`${it.transaction}/${it.index}`, it.ref]));
  const issues = new Map(told.issues.map((it) => [it.transaction, it.ref]));
  let balance_cents = 0n;
  return [...told.transfers]
    .filter(({ from, to, cents }) => cents > 0n && from !== to)
    .sort((a, b) => (comesBefore(a, b) ? -1 : 1))
    .map((it) => {
      const nonce = nonces.get(it);
      const slipRef = nonce !== undefined && BigInt(nonce) >= FIRST_REFERENCE ? nonce : null;
      const issueRef = it.from === zeroAddress ? (issues.get(it.transaction) ?? null) : null;
      // `Paid` and `Redeemed` come right after their transfer.
      const ref = paid.get(`${it.transaction}/${it.index + 1}`) ?? slipRef ?? issueRef;
      const isOut = it.from === account;
      const change_cents = isOut ? -it.cents : it.cents;
      balance_cents += change_cents;
      const other = isOut ? it.to : it.from;
      return {
        at_s: it.at_s,
        block: it.block,
        index: it.index,
        nature: natureOf(it, account, told, ref),
        other: other === zeroAddress ? null : other,
        change_cents,
        balance_cents,
        ref,
        transaction: it.transaction,
      };
    });
}

/** A day of a merchant. */
export interface DayOfTakings {
  /** "2026-11-22", in the reader's own time zone. */
  day: string;
  payments: number;
  received_cents: bigint;
  paid_cents: bigint;
  redeemed_cents: bigint;
  /** The balance when the day ended. */
  closing_cents: bigint;
}

/** The day of a moment in the reader's time zone, as ISO 8601 writes it. */
export function dayOf(at_s: number): string {
  const date = new Date(at_s * 1000);
  const two = (value: number): string => value.toString().padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Takings by day, the last day first. */
export function takings(movements: readonly Movement[]): DayOfTakings[] {
  const days = new Map<string, DayOfTakings>();
  for (const { at_s, nature, change_cents, balance_cents } of movements) {
    const day = dayOf(at_s);
    const so = days.get(day) ?? {
      day,
      payments: 0,
      received_cents: 0n,
      paid_cents: 0n,
      redeemed_cents: 0n,
      closing_cents: 0n,
    };
    days.set(day, {
      ...so,
      payments: so.payments + Number(nature === "received"),
      received_cents: so.received_cents + (nature === "received" ? change_cents : 0n),
      paid_cents: so.paid_cents - (nature === "paid" ? change_cents : 0n),
      redeemed_cents: so.redeemed_cents - (nature === "redeemed" || nature === "commons" ? change_cents : 0n),
      closing_cents: balance_cents,
    });
  }
  return [...days.values()].reverse();
}
