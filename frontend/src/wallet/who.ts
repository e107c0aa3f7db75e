import { computed, effect, signal } from "@preact/signals";
import type { Address } from "viem";
import { readContract } from "viem/actions";
import { addressOf, at, chain } from "../chain/client";
import { head } from "../chain/head";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { residentsAbi } from "../generated/Residents";
import { townAbi } from "../generated/Town";
import { theCurrency } from "../town/currency";
import { theTown } from "../town/folder";
import type { Currency } from "../town/town";
import { session } from "./session";

/** Offices, in the order of contracts/access/Town.sol; ADMIN is AccessManager's. */
const OFFICES = [
  "admin",
  "registrar",
  "treasurer",
  "auditor",
  "court",
  "guardian",
  "returningOfficer",
  "notary",
  "clerk",
  "jury",
] as const;
export type Office = (typeof OFFICES)[number];

/** As contracts/residents/interfaces/IResidents.sol numbers them. */
export const KINDS = ["none", "citizen", "professional", "publicBody", "commons", "institution"] as const;
export type Kind = (typeof KINDS)[number];

/** An office as it is held: the town's, or that of one currency alone. */
export interface Seat {
  office: Office;
  role: number;
  /** Its contract's name in the town; null for an office of the town. */
  currency: string | null;
}

/** Every seat there is: the town's by their numbers, then each currency's own. */
export function seats(): Seat[] {
  const own = theTown().currencies.flatMap(({ contract, offices }) =>
    Object.entries(offices).map(([office, role]) => ({ office: office as Office, role, currency: contract })),
  );
  return [...OFFICES.map((office, role) => ({ office, role, currency: null })), ...own];
}

/** The currencies on which a seat acts: the town's acts on those that have no such office of their own. */
export function currenciesOf({ office, currency }: Seat): Currency[] {
  return theTown().currencies.filter(({ contract, offices }) =>
    currency === null ? !(office in offices) : contract === currency,
  );
}

/** What the town knows of the connected account, and so what it may do here. */
export interface Who {
  account: Address;
  offices: ReadonlySet<Office>;
  seats: readonly Seat[];
  kind: Kind;
  isSuspended: boolean;
  isFrozen: boolean;
  /** The money that was looked at, by its contract's name in the town: that of the page. */
  currency: string;
  balance_cents: bigint;
  /** A change of key that is proposed and may still be vetoed. */
  recovery: Recovery | null;
}

export interface Recovery {
  successor: Address;
  /** Unix seconds from which anyone may carry it out. */
  recoverableAt_s: bigint;
  /** A court confirmed it: no veto counts. */
  isConfirmed: boolean;
}

const PROPOSED = 1; // IResidents.Recovery
const CONFIRMED = 3;

async function recoveryOf(account: Address): Promise<Recovery | null> {
  if (!addressOf("Residents")) return null;
  const call = { functionName: "residentOf", args: [account] } as const;
  const resident = await readContract(chain(), { ...at("Residents", residentsAbi), ...call });
  const { recoverableAt, successor, recovery } = resident;
  if (recovery !== PROPOSED && recovery !== CONFIRMED) return null;
  return { successor, recoverableAt_s: recoverableAt, isConfirmed: recovery === CONFIRMED };
}

const known = signal<Who | null>(null);
const currency = computed(() => theCurrency().contract);

/** Who is connected; null for nobody, or until the town has answered. */
export const who = computed(() => {
  const isTheirs = known.value?.account === session.value?.account && known.value?.currency === currency.value;
  return isTheirs ? known.value : null;
});

export const holds = (office: Office): boolean => who.value?.offices.has(office) ?? false;

const held = new Map<Address, readonly Seat[]>();

async function seatsOf(account: Address): Promise<readonly Seat[]> {
  const cached = held.get(account);
  if (cached) return cached;
  const all = seats();
  const answers = await Promise.all(
    all.map(({ role }) =>
      readContract(chain(), { ...at("Town", townAbi), functionName: "hasRole", args: [BigInt(role), account] }),
    ),
  );
  const found = all.filter((_, place) => answers[place]?.[0]);
  held.set(account, found);
  return found;
}

async function lookUp(account: Address, money: string): Promise<Who> {
  const nothing = [0n, 0, false, false, 0n] as const;
  const hasMoney = addressOf(money) !== undefined;
  const read = { functionName: "accountOf", args: [account] } as const;
  const balance = { functionName: "balanceOf", args: [account] } as const;
  const [taken, recovery, inLedger, balance_cents] = await Promise.all([
    seatsOf(account),
    recoveryOf(account),
    hasMoney ? readContract(chain(), { ...at(money, localCurrencyAbi), ...read }) : nothing,
    hasMoney ? readContract(chain(), { ...at(money, localCurrencyAbi), ...balance }) : 0n,
  ]);
  const [, kind, isSuspended, isFrozen] = inLedger;
  const standing = { kind: KINDS[kind] ?? "none", isSuspended, isFrozen };
  const offices = new Set(taken.map(({ office }) => office));
  return { account, offices, seats: taken, ...standing, currency: money, balance_cents, recovery };
}

/** Follows the connected account: again with each block, so that a balance is never old. */
export function followWho(): void {
  effect(() => {
    const account = session.value?.account;
    if (!account || !head.value) return;
    const money = currency.value;
    lookUp(account, money).then(
      (found) => {
        if (session.peek()?.account === account && currency.peek() === money) known.value = found;
      },
      () => {}, // `online` tells it; the next block asks again
    );
  });
}
