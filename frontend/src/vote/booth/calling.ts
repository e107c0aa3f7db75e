/** Whom a key ceremony calls, from what an officer typed: pure, and as strict as the contract. */
import { type Address, getAddress, isAddress } from "viem";
import { countOf } from "./opening";

export interface Call {
  /** Accounts, as typed. */
  trustees: readonly string[];
  needed: string;
  /** That each phase may last at most. */
  hours: string;
}

export type CallFault = "notAddress" | "twiceCalled" | "badCount" | "badNeeded" | "badHours";

export const MOST_TRUSTEES = 16;
const LEAST = 2;
const HOUR_S = 3_600;
/** A year: more is a slip of the pen. */
const MOST_HOURS = 8_760;

const plain = (text: string): string => text.trim().toLowerCase();

/** What is wrong with a call, each field at its place; trustees by their place. */
export function faultsOfCall({ trustees, needed, hours }: Call): {
  trustees: readonly (CallFault | null)[];
  list?: CallFault;
  needed?: CallFault;
  hours?: CallFault;
} {
  const accounts = trustees.map(plain);
  const least = countOf(needed);
  const lasts = countOf(hours);
  return {
    trustees: trustees.map((text, place) => {
      if (!isAddress(text.trim())) return "notAddress";
      return accounts.indexOf(plain(text)) < place ? "twiceCalled" : null;
    }),
    ...(trustees.length < LEAST || trustees.length > MOST_TRUSTEES ? { list: "badCount" } : {}),
    ...(least === null || least < LEAST || least > trustees.length ? { needed: "badNeeded" } : {}),
    ...(lasts === null || lasts < 1 || lasts > MOST_HOURS ? { hours: "badHours" } : {}),
  };
}

/** `KeyCeremony.open`'s arguments, from a sound form: accounts in ascending order, the five durations in seconds. */
export function callOf(
  { trustees, needed, hours }: Call,
  consumer: Address,
): readonly [Address, Address[], number, boolean, [number, number, number, number, number]] {
  const lasts = (countOf(hours) ?? 0) * HOUR_S;
  const accounts = trustees.map((text) => getAddress(text.trim()));
  const inOrder = accounts.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return [consumer, inOrder, countOf(needed) ?? 0, false, [lasts, lasts, lasts, lasts, lasts]];
}
