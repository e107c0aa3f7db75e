import type { Address, Hex } from "viem";
import { domainOf } from "../../acts/domain";
import { at } from "../../chain/client";
import { paidIn } from "../../town/currency";
import type { TypedData } from "../../wallet/typed";

/** ERC-3009's payment that its payee alone may post: a contract of the town, which anyone may ask to. */
const RECEIVE = {
  ReceiveWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

/** A payment to a contract of the town, by its name there, bound by its nonce to what it pays. */
export async function paymentTo(
  contract: string,
  from: Address,
  value: bigint,
  validBefore: bigint,
  nonce: Hex,
): Promise<TypedData> {
  const to = at(contract, []).address;
  const message = { from, to, value, validAfter: 0n, validBefore, nonce };
  const domain = await domainOf(paidIn(contract).contract);
  return { domain, types: RECEIVE, primaryType: "ReceiveWithAuthorization", message };
}
