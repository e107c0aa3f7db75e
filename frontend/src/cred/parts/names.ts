import { type Address, isAddressEqual } from "viem";
import { nameOf } from "../../parts/Address";
import { session } from "../../wallet/session";
import { cred } from "../words/cred";

/** What a mandate is called: whose promises they are. */
export function titleOf(subject: Address): string {
  const account = session.value?.account;
  const w = cred().mandate;
  return account && isAddressEqual(account, subject) ? w.own : w.title(nameOf(subject));
}
