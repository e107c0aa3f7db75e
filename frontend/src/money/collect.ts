import { type Address, type Hex, getAbiItem, parseEventLogs } from "viem";
import { getTransactionReceipt } from "viem/actions";
import { chain } from "../chain/client";
import { logs } from "../chain/logs";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { type PaymentRequest, requestHash, requestNonce } from "./request";

const AUTHORIZED = getAbiItem({ abi: localCurrencyAbi, name: "AuthorizationUsed" });

export interface Receipt {
  from: Address;
  transaction: Hex;
}

/** What a transaction did to the currency, in order. */
export type Deed =
  | { eventName: "AuthorizationUsed"; args: { authorizer: Address; nonce: Hex } }
  | { eventName: "Transfer"; args: { from: Address; to: Address; value: bigint } }
  | { eventName: "Paid"; args: { from: Address; to: Address; amount_cents: bigint; ref: Hex } };

type Moved = Extract<Deed, { eventName: "Transfer" }>["args"];

/** Whether the deed right after a transfer tells that it paid under another reference than the request's. */
const paysAnother = ({ from, to, value }: Moved, after: Deed | undefined, request: PaymentRequest): boolean =>
  after?.eventName === "Paid" &&
  after.args.from === from &&
  after.args.to === to &&
  after.args.amount_cents === value &&
  after.args.ref !== requestHash(request);

/**
 * Who paid the very amount under that nonce: anybody may use the nonce for a cent, or beside another payment. A slip
 * moves money last before its payer's next one; what is paid under another reference pays no request as well.
 */
export function payersUnder(request: PaymentRequest, nonce: Hex, deeds: readonly Deed[]): readonly Address[] {
  const { payee, amount_cents } = request;
  const payers: Address[] = [];
  let payer: Address | null = null;
  deeds.forEach(({ eventName, args }, index) => {
    if (eventName === "AuthorizationUsed") payer = args.nonce === nonce ? args.authorizer : null;
    if (eventName !== "Transfer" || payer !== args.from || args.to !== payee || args.value !== amount_cents) return;
    if (paysAnother(args, deeds[index + 1], request)) return;
    payers.push(payer);
    payer = null;
  });
  return payers;
}

async function paidIn(request: PaymentRequest, transaction: Hex, nonce: Hex): Promise<Receipt[]> {
  const { logs: all } = await getTransactionReceipt(chain(), { hash: transaction });
  const currency = request.currency.toLowerCase();
  const deeds = parseEventLogs({
    abi: localCurrencyAbi,
    eventName: ["AuthorizationUsed", "Transfer", "Paid"],
    logs: all.filter(({ address }) => address.toLowerCase() === currency),
  });
  return payersUnder(request, nonce, deeds).map((from) => ({ from, transaction }));
}

/** Everyone who paid a request, in order, by a slip or by a transaction of their own: each may once. */
export async function receiptsOf(request: PaymentRequest, fromBlock: bigint): Promise<readonly Receipt[]> {
  const nonce = requestNonce(request);
  const used = await logs({ address: request.currency, event: AUTHORIZED, args: { nonce }, fromBlock });
  const transactions = [...new Set(used.map(({ transactionHash }) => transactionHash))];
  return (await Promise.all(transactions.map((it) => paidIn(request, it, nonce)))).flat();
}
