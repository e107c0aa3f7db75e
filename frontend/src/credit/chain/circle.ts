/** A circle whose members pay by owing, and where each stands, as the chain has it. */
import { type Address, isAddressEqual, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { mutualCreditAbi } from "../../generated/MutualCredit";
import { residentsDeskAbi } from "../../generated/ResidentsDesk";
import { currencyAt } from "../../town/currency";
import { type Currency, TownError } from "../../town/town";

/** As contracts/residents/interfaces/IResidents.sol numbers them. */
const STANDINGS = ["none", "active", "suspended", "awaiting", "left", "replaced"] as const;
type Standing = (typeof STANDINGS)[number];

/** What a circle is, for good. */
export interface Circle {
  /** Its contract's name in the town. */
  contract: string;
  name: string;
  /** What mixed payments draw first, and cents are counted in; null where the circle counts minutes. */
  currency: Currency | null;
  growth_bps: bigint;
  mostGrowth: bigint;
  /** Between a departure and the end of an account. */
  writeOffDelay_s: number;
}

/** Where a member stands, in the circle's unit. */
export interface Member {
  /** The key that acts for her today. */
  key: Address;
  /** Above zero what she is owed, below what she owes. */
  balance: bigint;
  /** What she may owe today: nothing unless she is active. */
  mostDebt: bigint;
  floor: bigint;
  ceiling: bigint;
  earned: bigint;
  /** By others for her, less by her for others. */
  vouched: bigint;
  vouchedFor: bigint;
  standing: Standing;
  /** Unix seconds; 0 for never. */
  leftAt_s: number;
}

async function read(contract: string): Promise<Circle> {
  const circle = at(contract, mutualCreditAbi);
  const [name, money, rule, writeOffDelay_s] = await Promise.all([
    readContract(chain(), { ...circle, functionName: "name" }),
    readContract(chain(), { ...circle, functionName: "currency" }),
    readContract(chain(), { ...circle, functionName: "limitRule" }),
    readContract(chain(), { ...circle, functionName: "writeOffDelay_s" }),
  ]);
  const currency = currencyAt(money) ?? null;
  // A money that is not of the town would be taken for minutes.
  if (money !== zeroAddress && !currency) throw new TownError("invalid", `currencies (${money})`);
  const [, , growth_bps, mostGrowth] = rule;
  return { contract, name, currency, growth_bps: BigInt(growth_bps), mostGrowth: BigInt(mostGrowth), writeOffDelay_s };
}

const known = new Map<string, Promise<Circle>>();

/** A circle by its contract's name in the town; asked once. */
export function readCircle(contract: string): Promise<Circle> {
  const found = known.get(contract) ?? read(contract);
  known.set(contract, found);
  found.catch(() => known.delete(contract));
  return found;
}

/** Where somebody stands, by whichever of her keys; one that was replaced acts no more. */
export async function readMember({ contract }: Circle, account: Address): Promise<Member> {
  const [key, told] = await Promise.all([
    readContract(chain(), { ...at("Residents", residentsDeskAbi), functionName: "currentKeyOf", args: [account] }),
    readContract(chain(), { ...at(contract, mutualCreditAbi), functionName: "memberOf", args: [account] }),
  ]);
  const { standing, leftAt, ...amounts } = told;
  const stands = isAddressEqual(key, account) ? (STANDINGS[standing] ?? "none") : "replaced";
  return { ...amounts, key, standing: stands, leftAt_s: Number(leftAt) };
}
