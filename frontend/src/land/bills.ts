import { type Address, type Hex, encodeAbiParameters, getAddress, isAddress, isAddressEqual, keccak256 } from "viem";
import { hashLeaf, nodesOver, proofOf as siblingsOf } from "../merkle";
import { isParcelId, tokenOf } from "./parcel";

/** A bill of the yearly land tax. */
export interface Bill {
  year: number;
  index: number;
  title: bigint;
  account: Address;
  amount_cents: bigint;
}

/** A year's bills in the order that their root seals. */
export interface TaxRoll {
  year: number;
  root: Hex;
  bills: readonly Bill[];
}

const COLUMNS = "index,parcel,account,amount_cents";

/**
 * Reads `taxes/<year>.csv` and makes its root again.
 *
 * @returns null when the file is not one, or its bills do not make the root that it states
 */
export function readTaxRoll(text: string): TaxRoll | null {
  const stated: Record<string, string> = {};
  const bills: Bill[] = [];
  let isBody = false;
  for (const line of text.split(/\r?\n/)) {
    if (line === "") continue;
    const head = /^# ([a-z]+): (.*)$/.exec(line);
    if (head && !isBody) stated[head[1]!] = head[2]!;
    else if (line === COLUMNS) isBody = true;
    else {
      const [index, parcel = "", account = "", amount = ""] = line.split(",");
      const isLine = index === String(bills.length) && isParcelId(parcel) && /^\d+$/.test(amount);
      if (!isBody || !isLine || !isAddress(account, { strict: false })) return null;
      const year = Number(stated["year"]);
      bills.push({
        year,
        index: bills.length,
        title: tokenOf(parcel),
        account: getAddress(account),
        amount_cents: BigInt(amount),
      });
    }
  }
  const root = stated["root"] as Hex | undefined;
  if (!root || bills.length === 0 || !/^\d{4}$/.test(stated["year"] ?? "")) return null;
  return nodesOf(bills)[0] === root.toLowerCase() ? { year: Number(stated["year"]), root, bills } : null;
}

const LEAF = [{ type: "uint256" }, { type: "address" }, { type: "uint256" }] as const;

const leafOf = (bill: Bill): Hex => hashLeaf(encodeAbiParameters(LEAF, [bill.title, bill.account, bill.amount_cents]));

const nodesOf = (bills: readonly Bill[]): readonly Hex[] => nodesOver(bills.map(leafOf));

/** What shows that a bill is on the roll. */
export const proofOf = (roll: TaxRoll, bill: Bill): Hex[] => siblingsOf(nodesOf(roll.bills), bill.index);

/** The hash that names a bill, and the receipt once it is paid. */
export const receiptOf = (bill: Bill): Hex =>
  keccak256(
    encodeAbiParameters(
      [{ type: "uint256" }, ...LEAF],
      [BigInt(bill.year), bill.title, bill.account, bill.amount_cents],
    ),
  );

export const billsOf = (roll: TaxRoll, account: Address): Bill[] =>
  roll.bills.filter((bill) => isAddressEqual(bill.account, account));
