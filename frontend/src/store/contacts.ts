import { type Address, isAddressEqual } from "viem";
import { object } from "valibot";
import { keptSignal } from "./local";
import { address, listOf, text } from "./schema";

/** Names that one gives to addresses; they stay in this browser. */
export interface Contact {
  name: string;
  address: Address;
}

export const contacts = keptSignal<readonly Contact[]>("contacts", listOf(object({ name: text, address })), []);

export function contactOf(address: Address): Contact | undefined {
  return contacts.value.find((contact) => isAddressEqual(contact.address, address));
}

/** Adds a contact, or renames it. */
export function saveContact(name: string, address: Address): void {
  const others = contacts.value.filter((contact) => !isAddressEqual(contact.address, address));
  contacts.value = [...others, { name: name.trim(), address }].sort((a, b) => a.name.localeCompare(b.name));
}

export function forgetContact(address: Address): void {
  contacts.value = contacts.value.filter((contact) => !isAddressEqual(contact.address, address));
}
