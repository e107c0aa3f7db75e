import type { Address } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { now_s } from "../../chain/head";
import type { SlipAct } from "../../acts/act";
import { landTaxAbi } from "../../generated/LandTax";
import { theTown, townFile } from "../../town/folder";
import { paidIn } from "../../town/currency";
import { instancesOf, slipKind } from "../../town/instances";
import { formatAmount } from "../../words/format";
import { tax } from "../words/tax";
import { type Bill, type TaxRoll, billsOf, proofOf, readTaxRoll, receiptOf } from "../bills";
import { nameOf, parcelOf } from "../parcel";
import { isPublished } from "../published";
import { keysOf } from "../../residents/keys";
import { entries } from "../register";
import { paymentTo } from "./receive";

const DAY_S = 86_400n;
/** A roll, and the contract of taxes that has it sealed, by its name in the town. */
export type SealedRoll = TaxRoll & { contract: string };

/** A year's roll as it is published; null where it is not, "forged" where it is not one that the town sealed. */
export async function readRoll(year: number): Promise<SealedRoll | "forged" | null> {
  const [text, sealed] = await Promise.all([
    isPublished(year).then((isThere) => (isThere ? townFile(`taxes/${year}.csv`) : null)),
    Promise.all(
      instancesOf("LandTax").map(async (contract) => {
        const call = { ...at(contract, landTaxAbi), functionName: "rollOf", args: [BigInt(year)] } as const;
        return { contract, root: (await readContract(chain(), call)).root };
      }),
    ),
  ]);
  if (text === null) return null;
  const roll = readTaxRoll(text);
  const by = sealed.find(({ root }) => root === roll?.root);
  return roll && by && roll.year === year ? { ...roll, contract: by.contract } : "forged";
}

/** The years whose roll the town sealed, the latest first. */
async function readYears(): Promise<number[]> {
  const published = await Promise.all(
    instancesOf("LandTax").map((contract) => entries(contract, landTaxAbi, [["RollPublished"]])),
  );
  return [...new Set(published.flat().map(({ args }) => Number(args["year"])))].sort((a, b) => b - a);
}

export const isPaid = ({ contract }: SealedRoll, bill: Bill): Promise<boolean> =>
  readContract(chain(), { ...at(contract, landTaxAbi), functionName: "isPaid", args: [receiptOf(bill)] });

/** Someone's bills of every year, under all the keys they ever had. */
export async function readBills(account: Address): Promise<(Bill & { isPaid: boolean })[]> {
  const [years, keys] = await Promise.all([readYears(), keysOf(account)]);
  const rolls = await Promise.all(years.map(readRoll));
  const bills = rolls.flatMap((roll) =>
    roll === null || roll === "forged"
      ? []
      : keys.flatMap((key) => billsOf(roll, key)).map(async (bill) => ({ ...bill, isPaid: await isPaid(roll, bill) })),
  );
  return Promise.all(bills);
}

/** Pays a bill; the slip's nonce is the receipt, so that it can pay no other. */
export async function payTax(payer: Address, roll: SealedRoll, bill: Bill): Promise<SlipAct> {
  const before = (await now_s()) + DAY_S;
  const proof = proofOf(roll, bill);
  const typed = await paymentTo(roll.contract, payer, bill.amount_cents, before, receiptOf(bill));
  const w = tax();
  const amount = formatAmount(bill.amount_cents, paidIn(roll.contract));
  return {
    kind: slipKind("land_tax", roll.contract),
    typed,
    extra: { year: BigInt(bill.year), title: bill.title, account: bill.account, proof },
    explanation: {
      title: w.explain(amount, String(bill.year), nameOf(parcelOf(bill.title))),
      lines: [
        [w.to, w.town(theTown().name)],
        [w.receipt, receiptOf(bill)],
      ],
      until_s: before,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(roll.contract, landTaxAbi),
      functionName: "payBySlip",
      args: [BigInt(bill.year), bill.title, bill.account, bill.amount_cents, proof, payer, before, signature],
    }),
  };
}
