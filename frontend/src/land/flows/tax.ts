import type { Address } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { now_s } from "../../chain/head";
import type { SlipAct } from "../../acts/act";
import { landTaxAbi } from "../../generated/LandTax";
import { theTown, townFile } from "../../town/folder";
import { formatAmount } from "../../words/format";
import { tax } from "../words/tax";
import { type Bill, type TaxRoll, billsOf, proofOf, readTaxRoll, receiptOf } from "../bills";
import { nameOf, parcelOf } from "../parcel";
import { isPublished } from "../published";
import { entries, keysOf } from "../register";
import { paymentTo } from "./receive";

const DAY_S = 86_400n;
const landTax = () => at("LandTax", landTaxAbi);

/** A year's roll as it is published; null where it is not, "forged" where it is not the one that the town sealed. */
export async function readRoll(year: number): Promise<TaxRoll | "forged" | null> {
  const [text, { root }] = await Promise.all([
    isPublished(year).then((isThere) => (isThere ? townFile(`taxes/${year}.csv`) : null)),
    readContract(chain(), { ...landTax(), functionName: "rollOf", args: [BigInt(year)] }),
  ]);
  if (text === null) return null;
  const roll = readTaxRoll(text);
  return roll && roll.root === root && roll.year === year ? roll : "forged";
}

/** The years whose roll the town sealed, the latest first. */
async function readYears(): Promise<number[]> {
  const published = await entries("LandTax", landTaxAbi, [["RollPublished"]]);
  return published.map(({ args }) => Number(args["year"])).sort((a, b) => b - a);
}

export const isPaid = (bill: Bill): Promise<boolean> =>
  readContract(chain(), { ...landTax(), functionName: "isPaid", args: [receiptOf(bill)] });

/** Someone's bills of every year, under all the keys they ever had. */
export async function readBills(account: Address): Promise<(Bill & { isPaid: boolean })[]> {
  const [years, keys] = await Promise.all([readYears(), keysOf(account)]);
  const rolls = await Promise.all(years.map(readRoll));
  const bills = rolls.flatMap((roll) =>
    roll === null || roll === "forged" ? [] : keys.flatMap((key) => billsOf(roll, key)),
  );
  return Promise.all(bills.map(async (bill) => ({ ...bill, isPaid: await isPaid(bill) })));
}

/** Pays a bill; the slip's nonce is the receipt, so that it can pay no other. */
export async function payTax(payer: Address, roll: TaxRoll, bill: Bill): Promise<SlipAct> {
  const before = (await now_s()) + DAY_S;
  const proof = proofOf(roll, bill);
  const typed = await paymentTo(landTax().address, payer, bill.amount_cents, before, receiptOf(bill));
  const w = tax();
  const amount = formatAmount(bill.amount_cents);
  return {
    kind: "land_tax",
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
      ...landTax(),
      functionName: "payBySlip",
      args: [BigInt(bill.year), bill.title, bill.account, bill.amount_cents, proof, payer, before, signature],
    }),
  };
}
