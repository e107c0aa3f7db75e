import { type Address, getAddress, isAddress } from "viem";
import { type Contact, contacts } from "../store/contacts";

type PayeeFault = "toEmpty" | "toUnknown" | "toMistyped" | "toSelf";
export type Payee = { address: Address; fault: null } | { address: null; fault: PayeeFault };

/** Whom a text names: a contact, or an address whose checksum holds where it has one. */
export function readPayee(typed: string, self: Address | null, known: readonly Contact[] = contacts.value): Payee {
  const text = typed.trim();
  if (text === "") return { address: null, fault: "toEmpty" };
  const contact = known.find(({ name }) => name.toLocaleLowerCase() === text.toLocaleLowerCase());
  const address = contact?.address ?? (isAddress(text, { strict: false }) ? checked(text) : null);
  if (address === "mistyped") return { address: null, fault: "toMistyped" };
  if (!address) return { address: null, fault: "toUnknown" };
  return address === self ? { address: null, fault: "toSelf" } : { address, fault: null };
}

function checked(text: Address): Address | "mistyped" {
  const digits = text.slice(2);
  const hasChecksum = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  return !hasChecksum || getAddress(text) === text ? getAddress(text) : "mistyped";
}
