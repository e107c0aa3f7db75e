/** Which accounts are contracts, as a node tells. */
import type { Address } from "viem";
import { getCode } from "viem/actions";
import { chain } from "./client";

/** What the code of an account that borrows another's begins with (EIP-7702): a key's, which signs by itself alone. */
const BORROWED = "0xef0100";

/** Whether an account has code of its own. */
export async function isContract(address: Address): Promise<boolean> {
  const code = await getCode(chain(), { address });
  return code !== undefined && code !== "0x" && !code.toLowerCase().startsWith(BORROWED);
}
