/** How a payment would be made of money and credit now, and how one was. */
import { type Address, type Hex, parseEventLogs } from "viem";
import { getTransactionReceipt, readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { localCurrencyCreditAbi } from "../../generated/LocalCurrencyCredit";
import { mutualCreditAbi } from "../../generated/MutualCredit";
import type { Currency } from "../../town/town";
import type { Circle } from "./circle";

/** Money first, credit for the rest. */
export interface Mix {
  backed: bigint;
  credit: bigint;
}

/** By the circle itself, as of the last block. */
export async function readMix({ contract }: Circle, payer: Address, amount: bigint): Promise<Mix> {
  const call = { functionName: "split", args: [payer, amount] } as const;
  const [backed, credit] = await readContract(chain(), { ...at(contract, mutualCreditAbi), ...call });
  return { backed, credit };
}

/** How much of a payer's money a circle may take; the largest number for no end. */
export async function readAllowed(contract: string, money: Currency, payer: Address): Promise<bigint> {
  const call = { functionName: "allowance", args: [payer, at(contract, []).address] } as const;
  return readContract(chain(), { ...at(money.contract, localCurrencyCreditAbi), ...call });
}

/** How a payment would be made now, and whether the circle may take the part in money. */
export async function readNow(
  circle: Circle,
  payer: Address,
  amount: bigint,
  isMixed: boolean,
): Promise<Mix & { isAllowed: boolean }> {
  const { contract, currency } = circle;
  if (!isMixed || !currency) return { backed: 0n, credit: amount, isAllowed: true };
  const [mix, allowed] = await Promise.all([readMix(circle, payer, amount), readAllowed(contract, currency, payer)]);
  return { ...mix, isAllowed: mix.backed <= allowed };
}

/** How a payer's mixed payment was made, by its transaction; null where it was another's. */
export async function mixedIn({ contract }: Circle, transaction: Hex, payer: Address): Promise<Mix | null> {
  const { logs } = await getTransactionReceipt(chain(), { hash: transaction });
  const { address } = at(contract, []);
  const own = logs.filter((it) => it.address.toLowerCase() === address.toLowerCase());
  const [paid] = parseEventLogs({ abi: mutualCreditAbi, eventName: "MixedPaid", logs: own, args: { from: payer } });
  return paid ? { backed: paid.args.backed_cents, credit: paid.args.credit_cents } : null;
}
