/** What was spent at a shop, with what its holder signed: a refund shows it again. */
import { type Address, type Hex, decodeFunctionData, isAddressEqual } from "viem";
import { getTransaction, readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { blockTimes } from "../../chain/logs";
import { programmesAbi } from "../../generated/Programmes";
import type { SignedSpend } from "../codes";
import { type Programme, hashSpend } from "../terms";
import { PROGRAMMES, spentIn } from "./programmes";

export interface Sale {
  holder: Address;
  merchant: Address;
  units: number;
  nonce: number;
  at_s: number;
  block: bigint;
  transaction: Hex;
}

const SHOWN = 20;

/** The latest, the newest first. */
export async function readSales(programme: Programme, merchant: Address): Promise<Sale[]> {
  const all = await spentIn(programme.name);
  const its = all.filter(({ args }) => isAddressEqual(args.merchant, merchant)).slice(-SHOWN);
  const times = await blockTimes(its.map(({ blockNumber }) => blockNumber));
  return its.toReversed().map(({ args, blockNumber, transactionHash }) => ({
    holder: args.holder,
    merchant,
    units: Number(args.units),
    nonce: Number(args.nonce),
    at_s: times.get(blockNumber) ?? 0,
    block: blockNumber,
    transaction: transactionHash,
  }));
}

/** What the holder of a sale signed, from the transaction that posted it; null where it is not to be read there. */
export async function signedOf({ name }: Programme, sale: Sale): Promise<SignedSpend | null> {
  const { input } = await getTransaction(chain(), { hash: sale.transaction });
  const found = spendsIn(input).find(
    ({ programme, spend }) =>
      programme === name &&
      isAddressEqual(spend.holder, sale.holder) &&
      isAddressEqual(spend.merchant, sale.merchant) &&
      spend.nonce === sale.nonce &&
      spend.units === sale.units,
  );
  if (!found) return null;
  const { signature, ...spend } = found.spend;
  return { spend: { programme: name, ...spend }, signature };
}

function spendsIn(input: Hex) {
  try {
    const { functionName, args } = decodeFunctionData({ abi: programmesAbi, data: input });
    if (functionName === "spend") return [{ programme: args[0], spend: args[1] }];
    if (functionName === "spendBatch") return args[1].map((spend) => ({ programme: args[0], spend }));
  } catch {
    // posted through another contract
  }
  return [];
}

/** How many units of a spend were given back. */
export async function refundedOf({ spend }: SignedSpend): Promise<number> {
  const call = { functionName: "refundedOf", args: [hashSpend(spend)] } as const;
  return Number(await readContract(chain(), { ...at(PROGRAMMES, programmesAbi), ...call }));
}
