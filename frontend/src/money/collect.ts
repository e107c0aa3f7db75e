import { type Address, type Hex, getAbiItem, parseEventLogs } from "viem";
import { getTransactionReceipt } from "viem/actions";
import { at, chain } from "../chain/client";
import { logs } from "../chain/logs";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { type PaymentRequest, requestHash } from "./request";

const AUTHORIZED = getAbiItem({ abi: localCurrencyAbi, name: "AuthorizationUsed" });
const PAID = getAbiItem({ abi: localCurrencyAbi, name: "Paid" });

export interface Receipt {
  from: Address;
  transaction: Hex;
}

/** Whether this transaction moved the very amount by the slip with that nonce: anybody may use the nonce for a cent. */
async function paidBySlip(request: PaymentRequest, transaction: Hex, nonce: Hex): Promise<Receipt | null> {
  const { logs: all } = await getTransactionReceipt(chain(), { hash: transaction });
  const { address } = at("LocalCurrency", localCurrencyAbi);
  const told = parseEventLogs({
    abi: localCurrencyAbi,
    eventName: ["AuthorizationUsed", "Transfer"],
    logs: all.filter((it) => it.address.toLowerCase() === address.toLowerCase()),
  });
  let payer: Address | null = null;
  for (const it of told) {
    if (it.eventName === "AuthorizationUsed") payer = it.args.nonce === nonce ? it.args.authorizer : null;
    else if (payer === it.args.from && it.args.to === request.payee && it.args.value === request.amount_cents) {
      return { from: payer, transaction };
    }
  }
  return null;
}

/** Who paid a request, by a slip or by a transaction of their own; null while nobody has. */
export async function receiptOf(request: PaymentRequest, fromBlock: bigint): Promise<Receipt | null> {
  const hash = requestHash(request);
  const { address } = at("LocalCurrency", localCurrencyAbi);
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
