import { type Address, type Hex, decodeFunctionData, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { addressOf, at, chain } from "../chain/client";
import { blockTimes } from "../chain/logs";
import { chargesAbi } from "../generated/Charges";
import { conveyanceAbi } from "../generated/Conveyance";
import { landRegisterAbi } from "../generated/LandRegister";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { localCurrencyDeskAbi } from "../generated/LocalCurrencyDesk";
import { planningAbi } from "../generated/Planning";
import { residentsAbi } from "../generated/Residents";
import { residentsDeskAbi } from "../generated/ResidentsDesk";
import { townDeskAbi } from "../generated/TownDesk";
import { entries, permitsOf, readPermit } from "../land/register";
import { type Sale, owedTo, readSales, shareOf } from "../land/sales";
import { theTown } from "../town/folder";
import { instancesOf } from "../town/instances";
import type { Currency } from "../town/town";
import { type Office, type Seat, currenciesOf } from "../wallet/who";
import { ACTS, type ActName, type OfficeAct } from "./acts";
import {
  type NextAct,
  type PendingSeizure,
  type Unclaimed,
  actsOfMetPermit,
  actsOfPermit,
  actsOfRecoveries,
  actsOfRedemptions,
  actsOfReserve,
  actsOfSale,
  actsOfSeizures,
  actsOfUnclaimed,
  inOrder,
} from "./next";

const VETOED = 2; // IResidents.Recovery
const has = (contract: string): boolean => addressOf(contract) !== undefined;
const none = (): Promise<NextAct[]> => Promise.resolve([]);

async function ofSales(now_s: number): Promise<NextAct[]> {
  const sales = await readSales();
  const over = sales.filter(({ state }) => state === "cancelled");
  const unclaimed = await Promise.all([...over.flatMap(refunds), owed()]);
  const met = await Promise.all(sales.filter(({ pending }) => pending > 0).map(ofMetPermit));
  return [...sales.flatMap((sale) => actsOfSale(sale, now_s)), ...met.flat(), ...actsOfUnclaimed(unclaimed.flat())];
}

const ofMetPermit = async (sale: Sale): Promise<NextAct[]> => actsOfMetPermit(sale, await permitsOf(sale.title));

/** What each payer of a sale that came to nothing has not taken back. */
function refunds(sale: Sale): Promise<Unclaimed[]>[] {
  const { number, contract, terms } = sale;
  const payers = [...new Set(terms.funding.map(({ account }) => account))];
  return payers.map(async (account) => {
    const { paid_cents } = await shareOf(sale, account);
    return [{ sale: number, contract, account, amount_cents: paid_cents }];
  });
}

/** What settlements could not pay out. */
async function owed(): Promise<Unclaimed[]> {
  const credited = await Promise.all(
    instancesOf("Conveyance").map((contract) => entries(contract, conveyanceAbi, [["Credited"]])),
  );
  const payees = [...new Set(credited.flat().map(({ args }) => args["payee"] as Address))];
  const all = await Promise.all(
    payees.map(async (account) => (await owedTo(account)).map((it) => ({ ...it, sale: null, account }))),
  );
  return all.flat();
}

async function ofPermits(now_s: number): Promise<NextAct[]> {
  const filed = await entries("Planning", planningAbi, [["PermitFiled"]]);
  const permits = await Promise.all(filed.map(({ args }) => readPermit(args["permit"] as bigint)));
  return permits.flatMap((permit) => actsOfPermit(permit, now_s));
}

async function ofRedemptions(currency: Currency): Promise<NextAct[]> {
  const found = await entries(currency.contract, localCurrencyAbi, [["Redeemed"], ["Settled"]]);
  const paid = new Set(found.filter(({ name }) => name === "Settled").map(({ args }) => args["redemption"]));
  const owed = found.filter(({ name, args }) => name === "Redeemed" && !paid.has(args["redemption"]));
  return actsOfRedemptions(
    owed.map(({ args }) => ({
      number: args["redemption"] as bigint,
      account: args["account"] as Address,
      owed_cents: args["owed_cents"] as bigint,
      reference: args["ref"] as Hex,
    })),
    currency,
  );
}

async function ofRecoveries(): Promise<NextAct[]> {
  const proposed = await entries("Residents", residentsDeskAbi, [["RecoveryProposed"]]);
  const accounts = [...new Set(proposed.map(({ args }) => args["account"] as Address))];
  const found = await Promise.all(
    accounts.map(async (account) => {
      const call = { ...at("Residents", residentsAbi), functionName: "residentOf", args: [account] } as const;
      return { account, resident: await readContract(chain(), call) };
    }),
  );
  return actsOfRecoveries(
    found
      .filter(({ resident }) => resident.recovery !== 0)
      .map(({ account, resident: { successor, recoverableAt, recovery } }) => ({
        account,
        successor,
        recoverableAt_s: Number(recoverableAt),
        isVetoed: recovery === VETOED,
      })),
  );
}

async function ofSeizures(currency: Currency, now_s: number): Promise<NextAct[]> {
  const of = at(currency.contract, localCurrencyDeskAbi);
  const announced = await entries(currency.contract, localCurrencyDeskAbi, [["SeizureAnnounced"]]);
  const found = await Promise.all(
    announced.map(async ({ args }) => {
      const number = args["seizure"] as bigint;
      const call = { ...of, functionName: "seizureOf", args: [number] } as const;
      const { stage, account, amount_cents, dueAt } = await readContract(chain(), call);
      return { number, stage: stage as PendingSeizure["stage"] | 0, account, amount_cents, dueAt_s: Number(dueAt) };
    }),
  );
  const pending = found.filter((seizure): seizure is PendingSeizure => seizure.stage !== 0);
  return actsOfSeizures(pending, currency, now_s);
}

async function ofReserve(currency: Currency): Promise<NextAct[]> {
  const attested = await entries(currency.contract, localCurrencyAbi, [["ReserveAttested"]]);
  const last = attested.at(-1);
  const times = await blockTimes(last ? [last.block] : []);
  return actsOfReserve(last ? (times.get(last.block) ?? null) : null, currency);
}

/** What waits for whoever has these seats, the most pressing first; with none, what anyone may do. */
export async function readNextActs(seats: readonly Seat[], now_s: number): Promise<NextAct[]> {
  const offices = new Set(seats.map(({ office }) => office));
  const isAny = (...wanted: readonly Office[]): boolean => wanted.some((office) => offices.has(office));
  const moneyOf = (office: Office): Currency[] => seats.filter((it) => it.office === office).flatMap(currenciesOf);
  const seizing = (["court", "guardian", "admin"] as const).flatMap(moneyOf);
  const ofSeizing = offices.size === 0 ? theTown().currencies : [...new Set(seizing)];
  const all = await Promise.all([
    has("Conveyance") && (isAny("notary", "clerk") || offices.size === 0) ? ofSales(now_s) : none(),
    has("Planning") && isAny("clerk") ? ofPermits(now_s) : none(),
    ...moneyOf("treasurer").map(ofRedemptions),
    ...ofSeizing.map((currency) => ofSeizures(currency, now_s)),
    isAny("registrar", "court") || offices.size === 0 ? ofRecoveries() : none(),
    ...moneyOf("auditor").map(ofReserve),
  ]);
  return inOrder(all.flat().filter(({ office }) => office === null || offices.has(office)));
}

/** A call that was announced and not made yet, with the act of the desks that it is. */
export interface Announced {
  target: Address;
  data: Hex;
  from_s: number;
  caller: Address;
  act: ActName | null;
  functionName: string;
  args: readonly unknown[];
}

/** A contract's name in the town; empty for one that is none of the town's. */
const nameAt = (target: Address): string =>
  Object.entries(theTown().contracts).find(([, address]) => isAddressEqual(address, target))?.[0] ?? "";

function known(target: Address, data: Hex): Pick<Announced, "act" | "functionName" | "args"> {
  for (const [name, act] of Object.entries<OfficeAct>(ACTS)) {
    if (theTown().built[nameAt(target)] !== act.contract) continue;
    try {
      const { functionName, args } = decodeFunctionData({ abi: act.abi, data });
      if (functionName === act.functionName) {
        return { act: name as ActName, functionName, args: (args ?? []) as readonly unknown[] };
      }
    } catch {
      // another function of the same contract, which no form of ours makes
    }
  }
  return { act: null, functionName: data.slice(0, 10), args: [] };
}

/** What an account announced and may still carry out. */
export async function readAnnounced(caller: Address): Promise<Announced[]> {
  const scheduled = await entries("Town", townDeskAbi, [["OperationScheduled"]]);
  const mine = scheduled.filter(({ args }) => isAddressEqual(args["caller"] as Address, caller));
  const latest = new Map(mine.map(({ args }) => [args["operationId"] as Hex, args]));
  const all = await Promise.all(
    [...latest].map(async ([id, args]) => {
      const call = { ...at("Town", townDeskAbi), functionName: "getSchedule", args: [id] } as const;
      const from_s = await readContract(chain(), call);
      const target = args["target"] as Address;
      const data = args["data"] as Hex;
      return { target, data, from_s, caller, ...known(target, data) };
    }),
  );
  return all.filter(({ from_s }) => from_s > 0);
}

/**
 * An act of two offices that the notary attested and the registrar has not made yet; the act itself travels outside the
 * chain.
 */
export interface Attested {
  contract: "LandRegister" | "Charges";
  actHash: Hex;
  by: Address;
  until_s: number;
}

export async function readAttested(now_s: number): Promise<Attested[]> {
  const of = async (
    contract: Attested["contract"],
    abi: typeof landRegisterAbi | typeof chargesAbi,
  ): Promise<Attested[]> => {
    const found = await entries(contract, abi as typeof chargesAbi, [["Attested"]]);
    const hashes = [...new Set(found.map(({ args }) => args["actHash"] as Hex))];
    const all = await Promise.all(
      hashes.map(async (actHash) => {
        const call = { ...at(contract, chargesAbi), functionName: "attestationOf", args: [actHash] } as const;
        const { by, until } = await readContract(chain(), call);
        return { contract, actHash, by, until_s: Number(until) };
      }),
    );
    return all.filter(({ by, until_s }) => BigInt(by) !== 0n && until_s >= now_s);
  };
  if (!has("LandRegister")) return [];
  const both = await Promise.all([of("LandRegister", landRegisterAbi), of("Charges", chargesAbi)]);
  return both.flat().sort((a, b) => a.until_s - b.until_s);
}
