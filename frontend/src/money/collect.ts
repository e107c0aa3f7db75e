import { type Address, type Hex, getAbiItem, parseEventLogs } from "viem";
import { getTransactionReceipt } from "viem/actions";
import { chain } from "../chain/client";
import { logs } from "../chain/logs";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { type PaymentRequest, requestHash } from "./request";

const AUTHORIZED = getAbiItem({ abi: localCurrencyAbi, name: "AuthorizationUsed" });
const PAID = getAbiItem({ abi: localCurrencyAbi, name: "Paid" });

export interface Receipt {
  from: Address;
  transaction: Hex;
}

/** What a transaction did to the currency, in order. */
export type Deed =
  | { eventName: "AuthorizationUsed"; args: { authorizer: Address; nonce: Hex } }
  | { eventName: "Transfer"; args: { from: Address; to: Address; value: bigint } };

/**
 * Who paid the very amount by the slip with that nonce: anybody may use the nonce for a cent, or beside another
 * payment.
 */
export function payerBySlip(
  { payee, amount_cents }: PaymentRequest,
  nonce: Hex,
  deeds: readonly Deed[],
): Address | null {
  let payer: Address | null = null;
  for (const { eventName, args } of deeds) {
    if (eventName === "AuthorizationUsed") payer = args.nonce === nonce ? args.authorizer : null;
    else if (payer === args.from && args.to === payee && args.value === amount_cents) return payer;
  }
  return null;
}

async function paidBySlip(request: PaymentRequest, transaction: Hex, nonce: Hex): Promise<Receipt | null> {
  const { logs: all } = await getTransactionReceipt(chain(), { hash: transaction });
  const currency = request.currency.toLowerCase();
  const deeds = parseEventLogs({
    abi: localCurrencyAbi,
    eventName: ["AuthorizationUsed", "Transfer"],
    logs: all.filter(({ address }) => address.toLowerCase() === currency),
  });
  const from = payerBySlip(request, nonce, deeds);
  return from && { from, transaction };
}

/** Who paid a request, by a slip or by a transaction of their own; null while nobody has. */
export async function receiptOf(request: PaymentRequest, fromBlock: bigint): Promise<Receipt | null> {
  const hash = requestHash(request);
  const { currency: address } = request;
  const [used, paid] = await Promise.all([
    logs({ address, event: AUTHORIZED, args: { nonce: hash }, fromBlock }),
    logs({ address, event: PAID, args: { to: request.payee, ref: hash }, fromBlock }),
  ]);
  const direct = paid.find((it) => it.args.amount_cents === request.amount_cents);
  if (direct) return { from: direct.args.from, transaction: direct.transactionHash };
  for (const it of used) {
    const found = await paidBySlip(request, it.transactionHash, hash);
    if (found) return found;
  }
  return null;
}
