import type { Sale } from "../land/sales";
import { deadlineOf, preemptionOf } from "../land/steps";
import { LOAN, PERMIT, total } from "../land/terms";
import { parcelOf } from "../land/parcel";
import type { Currency } from "../town/town";
import type { Office } from "../wallet/who";
import type { ActName } from "./acts";

/** Something that an office has to do, or that anyone may. */
export interface NextAct {
  /** Whose turn it is; null for anyone. */
  office: Office | null;
  /** The form to open, with what is known filled in. */
  act: ActName;
  values: Readonly<Record<string, string>>;
  /** The parcel, the account, the amount concerned. */
  parcel?: string;
  account?: `0x${string}`;
  amount_cents?: bigint;
  /** What the account says it is for: the fingerprint of its words. */
  reference?: `0x${string}`;
  /** The money that it is about; the town's first where it is missing. */
  currency?: Currency;
  /** The contract that it is done on, by its name in the town, where several play that part. */
  contract?: string;
  /** Unix seconds of the last moment; null where nothing presses. */
  deadline_s: number | null;
  /** Unix seconds before which it is refused; null for now. */
  from_s: number | null;
}

/** The most pressing first; what has no deadline comes last. */
export function inOrder(acts: readonly NextAct[]): NextAct[] {
  return [...acts].sort((a, b) => (a.deadline_s ?? Infinity) - (b.deadline_s ?? Infinity));
}

export const isLate = (act: NextAct, now_s: number): boolean => act.deadline_s !== null && act.deadline_s < now_s;

const text = (value: bigint): string => value.toString();
const centsText = (value: bigint): string => `${value / 100n}.${(value % 100n).toString().padStart(2, "0")}`;

/**
 * What open sales want of notary, clerk, and anyone. Settling needs the signed deed besides, which the post office
 * keeps.
 */
export function actsOfSale(sale: Sale, now_s: number): NextAct[] {
  const deadline = deadlineOf(sale);
  if (deadline === null) return [];
  const parcel = parcelOf(sale.title);
  const base = { parcel, amount_cents: sale.terms.price_cents, from_s: null };
  const values = { sale: text(sale.number) };
  const { contract } = sale;
  const preemption = preemptionOf(sale, now_s);
  if (preemption === "preempted") {
    return [{ ...base, office: null, act: "cancelPreempted", contract, values, deadline_s: null }];
  }
  if (Number(deadline) < now_s) return [{ ...base, office: null, act: "expire", contract, values, deadline_s: null }];
  const acts: NextAct[] = [];
  if (preemption === "toDeclare") {
    const declared = { parcel, terms: sale.termsHash, price: centsText(sale.terms.price_cents) };
    acts.push({ ...base, office: "notary", act: "declare", values: declared, deadline_s: Number(sale.terms.settleBy) });
  }
  if (preemption === "awaited") {
    for (const act of ["renounce", "preempt"] as const) {
      acts.push({ ...base, office: "clerk", act, values: { terms: sale.termsHash }, deadline_s: sale.answerBy_s });
    }
  }
  for (const condition of [LOAN, PERMIT]) {
    if ((BigInt(sale.pending) & condition) === 0n) continue;
    const about = { ...values, condition: text(condition) };
    for (const act of ["meetCondition", "failCondition"] as const) {
      const deadline_s = Number(sale.terms.conditionsBy);
      acts.push({ ...base, office: "notary", act, contract, values: about, deadline_s });
    }
  }
  return acts;
}

/** Whether everything but the signatures is there to settle, and from when. */
export function isRipe(sale: Sale): { ripe: boolean; from_s: number } {
  const ripe =
    sale.state === "deposited" && sale.pending === 0 && sale.isPurged && sale.escrow_cents === total(sale.terms);
  return { ripe, from_s: Number(sale.terms.retractUntil) + 1 };
}

export interface FiledPermit {
  number: bigint;
  title: bigint;
  status: number;
  decideBy_s: number;
  isExtended: boolean;
}
const FILED = 1;

/** Permits that await the town's word; past the deadline silence has granted them. */
export function actsOfPermit(permit: FiledPermit, now_s: number): NextAct[] {
  if (permit.status !== FILED || permit.decideBy_s < now_s) return [];
  const names: readonly ActName[] = permit.isExtended
    ? ["grantPermit", "refusePermit"]
    : ["grantPermit", "refusePermit", "extendPermit"];
  const base = {
    office: "clerk" as const,
    parcel: parcelOf(permit.title),
    deadline_s: permit.decideBy_s,
    from_s: null,
  };
  return names.map((act) => ({ ...base, act, values: { permit: text(permit.number) } }));
}

/** A permit that allows building meets the condition of a sale: anyone may say so. */
export function actsOfMetPermit(sale: Sale, permits: readonly { number: bigint; isPermitted: boolean }[]): NextAct[] {
  const permit = permits.find(({ isPermitted }) => isPermitted);
  if (!permit || (BigInt(sale.pending) & PERMIT) === 0n || deadlineOf(sale) === null) return [];
  return [
    {
      office: null,
      act: "meetByPermit",
      contract: sale.contract,
      values: { sale: text(sale.number), permit: text(permit.number) },
      parcel: parcelOf(sale.title),
      deadline_s: Number(sale.terms.conditionsBy),
      from_s: null,
    },
  ];
}

export interface OwedRedemption {
  /** The holder's; zero where there is none. */
  reference: `0x${string}`;
  number: bigint;
  account: `0x${string}`;
  owed_cents: bigint;
}

/** Redemptions of a currency that its treasurer has not paid. */
export function actsOfRedemptions(owed: readonly OwedRedemption[], currency: Currency): NextAct[] {
  return owed.map(({ number, account, owed_cents, reference }) => ({
    ...(BigInt(reference) === 0n ? {} : { reference }),
    currency,
    office: "treasurer",
    act: "settleRedemption",
    values: { redemption: text(number) },
    account,
    amount_cents: owed_cents,
    deadline_s: null,
    from_s: null,
  }));
}

export interface Unclaimed {
  /** The sale that came to nothing; null for what a settlement could not pay out. */
  sale: bigint | null;
  /** The contract of sales that has it, by its name in the town. */
  contract: string;
  account: `0x${string}`;
  amount_cents: bigint;
}

/** Money that waits for people who may own no ether: anyone may send it to them, and the notary does. */
export function actsOfUnclaimed(unclaimed: readonly Unclaimed[]): NextAct[] {
  return unclaimed
    .filter(({ amount_cents }) => amount_cents > 0n)
    .map(({ sale, contract, account, amount_cents }) => ({
      office: null,
      contract,
      act: sale === null ? "withdraw" : "refund",
      values: sale === null ? { account } : { sale: text(sale), account },
      ...(sale === null ? {} : { parcel: parcelOf(sale >> 16n) }),
      account,
      amount_cents,
      deadline_s: null,
      from_s: null,
    }));
}

export interface ProposedRecovery {
  account: `0x${string}`;
  successor: `0x${string}`;
  /** Unix seconds from which it may be carried out; once vetoed, from which it has lapsed. */
  recoverableAt_s: number;
  isVetoed: boolean;
}

/**
 * Lost keys whose replacement is announced: withdrawn by the registrar, carried out by anyone once its delay is over;
 * one that was vetoed goes on if a court confirms it before it lapses.
 */
export function actsOfRecoveries(proposed: readonly ProposedRecovery[]): NextAct[] {
  return proposed.flatMap(({ account, successor, recoverableAt_s, isVetoed }) => {
    const base = { account, values: { account }, deadline_s: null };
    const confirmation = { values: { account, successor }, deadline_s: recoverableAt_s, from_s: null };
    const onwards: NextAct = isVetoed
      ? { ...base, ...confirmation, office: "court", act: "confirmRecovery" }
      : { ...base, office: null, act: "recover", from_s: recoverableAt_s };
    return [onwards, { ...base, office: "registrar", act: "withdrawRecovery", from_s: null }];
  });
}

export interface PendingSeizure {
  number: bigint;
  /** As ISeizures.SeizureStage numbers them: announced, suspended, resumed. */
  stage: 1 | 2 | 3;
  account: `0x${string}`;
  amount_cents: bigint;
  /** Unix seconds from which anyone may carry it out; while it is suspended, since when it is. */
  dueAt_s: number;
}
const SUSPENDED = 2;
const LAPSES_S = 60 * 86_400;

/**
 * Money that a court seizes: the guardian may suspend it once, ADMIN then decides, and anyone ends what time has
 * decided.
 */
export function actsOfSeizures(pending: readonly PendingSeizure[], currency: Currency, now_s: number): NextAct[] {
  return pending.flatMap(({ number, stage, account, amount_cents, dueAt_s }) => {
    const lapsesAt_s = dueAt_s + LAPSES_S;
    const about = { account, amount_cents, currency, values: { seizure: text(number) } };
    const base = { ...about, deadline_s: null, from_s: null };
    const acts: NextAct[] = [{ ...base, office: "court", act: "withdrawSeizure" }];
    if (stage === 1) acts.push({ ...base, office: "guardian", act: "suspendSeizure", deadline_s: dueAt_s });
    if (stage === SUSPENDED) {
      acts.push({ ...base, office: "admin", act: "resumeSeizure", deadline_s: lapsesAt_s });
      acts.push({ ...base, office: "admin", act: "annulSeizure", deadline_s: lapsesAt_s });
    } else {
      acts.push({ ...base, office: null, act: "carryOutSeizure", from_s: dueAt_s });
    }
    if (now_s >= lapsesAt_s) acts.push({ ...base, office: null, act: "lapseSeizure" });
    return acts;
  });
}

const STALE_S = 30 * 86_400;

/** A currency's reserve is to be attested each month. */
export function actsOfReserve(attestedAt_s: number | null, currency: Currency): NextAct[] {
  const deadline_s = attestedAt_s === null ? null : attestedAt_s + STALE_S;
  return [{ office: "auditor", act: "attestReserve", values: {}, currency, deadline_s, from_s: null }];
}
