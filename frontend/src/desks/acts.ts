import type { Abi } from "viem";
import { chargesAbi } from "../generated/Charges";
import { conveyanceAbi } from "../generated/Conveyance";
import { landRegisterAbi } from "../generated/LandRegister";
import { landTaxAbi } from "../generated/LandTax";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { localCurrencyDeskAbi } from "../generated/LocalCurrencyDesk";
import { planningAbi } from "../generated/Planning";
import { promisesAbi } from "../generated/Promises";
import { residentsDeskAbi } from "../generated/ResidentsDesk";
import { firstCurrency, paidIn, theCurrency } from "../town/currency";
import { theTown } from "../town/folder";
import { serving, theInstance } from "../town/instances";
import type { Currency } from "../town/town";
import type { Office } from "../wallet/who";
import type { Fault, Field, FieldKind, Values } from "./fields";

/** What an office may do: a function of a contract, and the form that fills its arguments in. */
export interface OfficeAct {
  /** Whose it is; null for what anyone may do. */
  office: Office | null;
  contract: string;
  abi: Abi;
  functionName: string;
  fields: readonly Field[];
  args: (values: Values) => readonly unknown[];
  /** Reached from a next act alone: its fields are hashes and numbers that nobody types. */
  isPrepared?: boolean;
  /** What the contract would refuse later on: an announcement is not tried on it. */
  check?: (values: Values, now_s: number) => Readonly<Record<string, Fault>>;
  /** Wei that the function wants along with it. */
  value?: bigint;
}

const fields = (spec: Readonly<Record<string, FieldKind>>): Field[] =>
  Object.entries(spec).map(([name, kind]) => ({ name, kind }));

/** An act whose arguments are its fields, in their order. */
const plain = (
  office: Office | null,
  contract: string,
  abi: Abi,
  functionName: string,
  spec: Readonly<Record<string, FieldKind>>,
  isPrepared = false,
): OfficeAct => {
  const list = fields(spec);
  return {
    office,
    contract,
    abi,
    functionName,
    fields: list,
    args: (values) => list.map(({ name }) => values[name]),
    isPrepared,
  };
};

const YES = true;
const document = "document";
const onCondition = { sale: "number", condition: "number", document } as const;

/**
 * Every act of the desks that a form can fill in, by name. The acts that carry signed terms have views of their own.
 */
export const ACTS = {
  issue: plain("treasurer", "LocalCurrency", localCurrencyAbi, "issue", {
    account: "address",
    amount: "amount",
    reference: document,
  }),
  settleRedemption: plain(
    "treasurer",
    "LocalCurrency",
    localCurrencyAbi,
    "settle",
    { redemption: "number", reference: document },
    YES,
  ),
  attestReserve: plain("auditor", "LocalCurrency", localCurrencyAbi, "attestReserve", {
    reserve: "amount",
    statement: document,
  }),
  freeze: plain("court", "LocalCurrency", localCurrencyDeskAbi, "freeze", { account: "address", order: document }),
  unfreeze: plain("court", "LocalCurrency", localCurrencyDeskAbi, "unfreeze", { account: "address", order: document }),
  confirmRecovery: plain("court", "Residents", residentsDeskAbi, "confirmRecovery", {
    account: "address",
    successor: "address",
    order: document,
  }),
  seize: plain("court", "LocalCurrency", localCurrencyDeskAbi, "seize", {
    account: "address",
    beneficiary: "address",
    amount: "amount",
    order: document,
  }),
  withdrawSeizure: ofSeizure("court", "withdrawSeizure", { seizure: "number", order: document }),
  suspendSeizure: ofSeizure("guardian", "suspendSeizure", { seizure: "number", document }),
  resumeSeizure: ofSeizure("admin", "resumeSeizure", { seizure: "number", document }),
  annulSeizure: ofSeizure("admin", "annulSeizure", { seizure: "number", document }),
  carryOutSeizure: ofSeizure(null, "carryOutSeizure", { seizure: "number" }),
  lapseSeizure: ofSeizure(null, "lapseSeizure", { seizure: "number" }),
  enrolInstitution: plain("admin", "Residents", residentsDeskAbi, "enrolInstitution", { account: "address" }),
  removeFollower: plain("admin", "Residents", residentsDeskAbi, "removeFollower", { follower: "address" }),
  retire: plain("admin", "LocalCurrency", localCurrencyDeskAbi, "retire", { next: "address" }),
  freezeTitle: titleFreeze(true),
  unfreezeTitle: titleFreeze(false),
  cancelByOrder: plain("court", "Conveyance", conveyanceAbi, "cancelByOrder", { sale: "number", order: document }),
  pause: { ...plain("guardian", "LocalCurrency", localCurrencyDeskAbi, "pause", {}), value: 1n },
  resume: plain("guardian", "LocalCurrency", localCurrencyDeskAbi, "resume", {}),
  enrol: {
    ...plain("registrar", "Residents", residentsDeskAbi, "enrol", { kind: "person", account: "address" }),
    args: ({ kind, account }: Values) => [Number(kind), [account], []],
  },
  proposeRecovery: plain("registrar", "Residents", residentsDeskAbi, "proposeRecovery", {
    account: "address",
    successor: "address",
    document,
  }),
  withdrawRecovery: plain("registrar", "Residents", residentsDeskAbi, "withdrawRecovery", { account: "address" }, YES),
  recover: plain(null, "Residents", residentsDeskAbi, "recover", { account: "address" }, YES),
  declare: plain(
    "notary",
    "Planning",
    planningAbi,
    "declare",
    { parcel: "parcel", terms: "word", price: "amount" },
    YES,
  ),
  meetCondition: plain("notary", "Conveyance", conveyanceAbi, "meetCondition", onCondition, YES),
  failCondition: plain("notary", "Conveyance", conveyanceAbi, "failCondition", onCondition, YES),
  expire: plain(null, "Conveyance", conveyanceAbi, "expire", { sale: "number" }, YES),
  cancelPreempted: plain(null, "Conveyance", conveyanceAbi, "cancelPreempted", { sale: "number" }, YES),
  refund: plain(null, "Conveyance", conveyanceAbi, "refund", { sale: "number", account: "address" }, YES),
  withdraw: plain(null, "Conveyance", conveyanceAbi, "withdraw", { account: "address" }, YES),
  renounce: plain("clerk", "Planning", planningAbi, "renounce", { terms: "word", document }, YES),
  preempt: plain("clerk", "Planning", planningAbi, "preempt", { terms: "word", document }, YES),
  meetByPermit: plain(null, "Conveyance", conveyanceAbi, "meetByPermit", { sale: "number", permit: "number" }, YES),
  recordPermit: {
    ...plain("clerk", "Planning", planningAbi, "recordPermit", { parcel: "parcel", permitKind: "number", document }),
    args: ({ parcel, permitKind, document: hash }: Values) => [parcel, Number(permitKind), hash],
  },
  value: plain("clerk", "LandTax", landTaxAbi, "value", { parcel: "parcel", worth: "amount", document }),
  openMandate: {
    ...plain("clerk", "Promises", promisesAbi, "openMandate", {
      official: "address",
      ends: "moment",
      supply: "supply",
      appointment: document,
    }),
    args: ({ official, ends, supply, appointment }: Values) => [official, Number(ends), Number(supply), appointment],
    check: ({ ends }: Values, now_s: number) => ((ends as bigint) <= BigInt(now_s) ? { ends: "past" } : {}),
  },
  grantPermit: plain("clerk", "Planning", planningAbi, "grantPermit", { permit: "number", document }, YES),
  refusePermit: plain("clerk", "Planning", planningAbi, "refusePermit", { permit: "number", document }, YES),
  extendPermit: plain("clerk", "Planning", planningAbi, "extendPermit", { permit: "number", document }, YES),
  rescale: {
    ...plain("registrar", "LandRegister", landRegisterAbi, "rescale", { parcel: "parcel", factor: "number" }),
    args: ({ parcel, factor }: Values) => [parcel, Number(factor)],
  },
  inscribe: {
    ...plain("registrar", "Charges", chargesAbi, "inscribe", {
      parcel: "parcel",
      creditor: "address",
      amount: "amount",
      due: "moment",
      document,
    }),
    args: ({ parcel, creditor, amount, due, document: hash }: Values) => [
      parcel,
      creditor,
      Number(amount),
      Number((due as bigint) / 86_400n),
      hash,
    ],
    isPrepared: true,
  },
  discharge: {
    ...plain("registrar", "Charges", chargesAbi, "discharge", { parcel: "parcel", number: "number", document }),
    args: ({ parcel, number, document: hash }: Values) => [parcel, Number(number), hash],
    isPrepared: true,
  },
} satisfies Record<string, OfficeAct>;

export type ActName = keyof typeof ACTS;

const MONEY = "LocalCurrency";

/** Whether an act is done on a currency, of which a town may have several. */
export const isOnMoney = (name: ActName): boolean => ACTS[name].contract === MONEY;

/** The contract of an act, by its name in the town: that of the page, or the one that serves. */
export const contractOf = ({ contract }: OfficeAct): string =>
  contract === MONEY ? theCurrency().contract : theInstance(contract);

/** What the amounts of an act are counted in: of one on a currency, that of the page; else they are land's. */
export const moneyOf = (act: OfficeAct): Currency =>
  act.contract === MONEY
    ? theCurrency()
    : paidIn(theTown().paidIn[contractOf(act)] ? contractOf(act) : serving("Conveyance"));

/**
 * Where the form of an act is: on the first currency, and on whichever serves of other contracts, at the short path; on
 * another below its name.
 */
export function actPath(name: ActName, on?: string): string {
  const { contract } = ACTS[name];
  const usual = contract === MONEY ? firstCurrency().contract : serving(contract);
  return on === undefined || on === usual ? `/desk/act/${name}` : `/desk/${on}/act/${name}`;
}

/** What happens to a seizure that was announced. */
function ofSeizure(office: Office | null, functionName: string, spec: Readonly<Record<string, FieldKind>>): OfficeAct {
  return plain(office, "LocalCurrency", localCurrencyDeskAbi, functionName, spec, YES);
}

/** The court names a title's holder too: the register holds for several. */
function titleFreeze(isFrozen: boolean): OfficeAct {
  const act = plain("court", "LandRegister", landRegisterAbi, "setFrozenTokens", {
    parcel: "parcel",
    account: "address",
  });
  return { ...act, args: ({ parcel, account }) => [account, parcel, isFrozen] };
}

/** What a form offers an office, apart from its next acts. */
export function formsOf(office: Office): ActName[] {
  return (Object.keys(ACTS) as ActName[]).filter((name) => {
    const act: OfficeAct = ACTS[name];
    return act.office === office && !act.isPrepared;
  });
}
