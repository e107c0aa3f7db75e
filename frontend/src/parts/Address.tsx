import { type Address as Hex, isAddressEqual } from "viem";
import { contactOf } from "../store/contacts";
import { session } from "../wallet/session";
import { core } from "../words/core";
import { formatAddress } from "../words/format";
import { Copy } from "./Copy";

/** The name that someone goes by here: a contact's, "you", or the address's ends. */
export function nameOf(address: Hex): string {
  if (session.value && isAddressEqual(session.value.account, address)) return core().address.you;
  return contactOf(address)?.name ?? formatAddress(address);
}

/** Someone, by name where there is one; the whole address on hover and for copying. */
export function Address({ address, copy = false, full = false }: { address: Hex; copy?: boolean; full?: boolean }) {
  return (
    <span class="address">
      <span class={full ? "address-full" : ""} title={address}>
        {full ? address : nameOf(address)}
      </span>
      {copy && <Copy text={address} label={core().address.copy(formatAddress(address))} />}
    </span>
  );
}
