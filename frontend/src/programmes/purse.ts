/**
 * A purse: a sheet's code and its programme, in the page until it is closed; on the phone only if one says so. What a
 * wallet opens is never kept: it signs again.
 */
import { computed, signal } from "@preact/signals";
import { custom, nullable, object } from "valibot";
import { type Address, isHex, size } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { now_s } from "../chain/head";
import { keptSignal } from "../store/local";
import { type Bytes, type Hex, fromHex } from "../vote/ballot/bytes";
import { session } from "../wallet/session";
import { readHolder, readMerchants } from "./chain/programmes";
import { type Holder, type Left, leftAt } from "./holder";
import { keyOf, readSheet } from "./keys";
import { type TownProgramme, readTownProgrammes, rollOf } from "./published";
import type { Place } from "./roll";

/** What a phone keeps. */
interface KeptSheet {
  seed: Hex;
  programme: Hex;
}

const bytes = (count: number) => custom<Hex>((it) => isHex(it) && size(it) === count);
const SHEET = object({ seed: bytes(16), programme: bytes(32) });

export const keptSheet = keptSignal<KeptSheet | null>("purse", nullable(SHEET), null);

/** A purse that was opened. */
interface Opened extends KeptSheet {
  /** Whose wallet made its key; null for a sheet's. */
  wallet: Address | null;
}

const kept = keptSheet.peek();
export const sheet = signal<Opened | null>(kept && { ...kept, wallet: null });

/** The purse that is open; null for none, or where another account is connected than the one that opened it. */
export const openPurse = computed(() => {
  const open = sheet.value;
  return open?.wallet && open.wallet !== session.value?.account ? null : open;
});

export function forget(): void {
  keptSheet.value = null;
  sheet.value = null;
}

/** Whether what was scanned or typed opens a purse, and which. */
export type Opening =
  | { at: "opened"; programme: Hex }
  /** No programme of the town has the name that the sheet says. */
  | { at: "unknown" }
  /** The key stands on no roll that the town published: whoever has units that were granted says in which. */
  | { at: "choice"; among: readonly TownProgramme[] };

/** The programme in which a code opens a purse.
 * @throws CodeError */
export async function openingOf(typed: string): Promise<{ seed: Bytes; opening: Opening }> {
  const { seed, programme } = readSheet(typed);
  const all = await readTownProgrammes();
  if (programme) {
    const isKnown = all.some(({ name }) => name === programme);
    return { seed, opening: isKnown ? { at: "opened", programme } : { at: "unknown" } };
  }
  for (const one of all) {
    if ((await rollOf(one))?.placeOf(keyOf(seed, one.name).address)) {
      return { seed, opening: { at: "opened", programme: one.name } };
    }
  }
  return { seed, opening: all.length > 0 ? { at: "choice", among: all } : { at: "unknown" } };
}

/** A purse as it stands now. */
export interface Purse {
  programme: TownProgramme;
  key: PrivateKeyAccount;
  holder: Holder;
  /** Its place on the roll; null where it stands on none, or the roll is not there to be read. */
  place: Place | null;
  left: Left;
  merchants: ReadonlyMap<Address, number>;
  now: number;
}

/** Null where the town has no such programme. */
export async function readPurse({ seed, programme: name }: KeptSheet): Promise<Purse | null> {
  const found = (await readTownProgrammes()).find((it) => it.name === name);
  if (!found) return null;
  const key = keyOf(fromHex(seed), name);
  const [holder, roll, merchants, now] = await Promise.all([
    readHolder(found, key.address),
    rollOf(found),
    readMerchants(found),
    now_s(),
  ]);
  const programme = found.hasRoll && !roll ? withoutRoll(found) : found;
  const place = roll?.placeOf(key.address) ?? null;
  const left = leftAt(programme.terms, holder, place?.each ?? 0, Number(now));
  return { programme, key, holder, place, left, merchants, now: Number(now) };
}

/** A roll that is not the one that was sealed says of nobody whether she stands there. */
const withoutRoll = (programme: TownProgramme): TownProgramme => ({
  ...programme,
  hasRoll: false,
  doubts: [...programme.doubts, "roll"],
});

/** Whether the key is nobody's in the programme: a code of another one, or of none. */
export const isStranger = ({ holder, place }: Purse): boolean =>
  place === null && !holder.isClaimed && holder.granted === 0 && holder.spent === 0;
