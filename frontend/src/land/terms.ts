import { type Address, type Hex, hashStruct, hashTypedData, isAddressEqual } from "viem";
import type { TypedData } from "../wallet/typed";
import { BARE, FULL, type Right } from "./rights";

/** What the parties to a sale sign, and all that they sign; as `Terms` of Conveyance. */
export interface Terms {
  title: bigint;
  version: bigint;
  price_cents: bigint;
  tax_cents: bigint;
  deposit_cents: bigint;
  usufruct_bps: bigint;
  conditions: bigint;
  depositBy: bigint;
  retractUntil: bigint;
  conditionsBy: bigint;
  settleBy: bigint;
  documentHash: Hex;
  loan: { lender: Address; amount_cents: bigint; dueDay: bigint };
  sold: readonly Right[];
  bought: readonly Right[];
  fees: readonly Payment[];
  payoffs: readonly Payoff[];
  funding: readonly Payment[];
}
export interface Payment {
  account: Address;
  amount_cents: bigint;
}
export interface Payoff {
  charge: bigint;
  paid_cents: bigint;
  stays: boolean;
}

export const LOAN = 1n;
export const PERMIT = 2n;
const BASIS_POINTS = 10_000n;
const NOBODY = "0x0000000000000000000000000000000000000000";

const uint = (...names: string[]): { name: string; type: string }[] => names.map((name) => ({ name, type: "uint256" }));

const TERMS = {
  Terms: [
    ...uint("title", "version", "price_cents", "tax_cents", "deposit_cents", "usufruct_bps", "conditions"),
    ...uint("depositBy", "retractUntil", "conditionsBy", "settleBy"),
    { name: "documentHash", type: "bytes32" },
    { name: "loan", type: "Loan" },
    { name: "sold", type: "Right[]" },
    { name: "bought", type: "Right[]" },
    { name: "fees", type: "Payment[]" },
    { name: "payoffs", type: "Payoff[]" },
    { name: "funding", type: "Payment[]" },
  ],
  Loan: [{ name: "lender", type: "address" }, ...uint("amount_cents", "dueDay")],
  Payment: [{ name: "account", type: "address" }, ...uint("amount_cents")],
  Payoff: [...uint("charge", "paid_cents"), { name: "stays", type: "bool" }],
  Right: [
    { name: "holder", type: "address" },
    { name: "kind", type: "uint8" },
    { name: "shares", type: "uint24" },
  ],
};

export type DeedAct = "compromis" | "deed" | "amendment" | "rescission";

/** What there is to an act besides its terms. */
export interface ActSubject {
  act: DeedAct;
  sale: bigint | null;
  /** The hash of the terms in force, which an amendment replaces. */
  from: Hex | null;
  terms: Terms;
}

/** Where a signature for Conveyance is valid. */
export const conveyanceDomain = (chainId: number, conveyance: Address): TypedData["domain"] => ({
  name: "Conveyance",
  version: "1",
  chainId,
  verifyingContract: conveyance,
});

/** The act as EIP-712 typed data. */
export function typedAct(domain: TypedData["domain"], { act, sale, from, terms }: ActSubject): TypedData {
  const termsMember = { name: "terms", type: "Terms" };
  const message: Record<string, unknown> = { terms };
  if (act === "compromis") {
    return { domain, types: { Compromis: [termsMember], ...TERMS }, primaryType: "Compromis", message };
  }
  if (sale === null) throw new RangeError(`a ${act} is of a sale`);
  if (act === "rescission") {
    return { domain, types: { Rescission: uint("sale") }, primaryType: "Rescission", message: { sale } };
  }
  if (act === "deed") {
    const types = { Deed: [...uint("sale"), termsMember], ...TERMS };
    return { domain, types, primaryType: "Deed", message: { sale, terms } };
  }
  if (from === null) throw new RangeError("an amendment replaces terms");
  const members = [...uint("sale"), { name: "from", type: "bytes32" }, termsMember];
  return { domain, types: { Amendment: members, ...TERMS }, primaryType: "Amendment", message: { sale, from, terms } };
}

/** A buyer's retraction. */
export const typedRetraction = (domain: TypedData["domain"], sale: bigint): TypedData => ({
  domain,
  types: { Retraction: uint("sale") },
  primaryType: "Retraction",
  message: { sale },
});

/** What is signed; equal to what the contract computes, and to the id under which the post office keeps the act. */
export const digestOf = (act: TypedData): Hex => hashTypedData(act);

/** The hash of terms: what a sale and a declaration to the town name. */
export const termsHash = (terms: Terms): Hex => hashStruct({ data: { ...terms }, primaryType: "Terms", types: TERMS });

/** Price, tax and fees: what has to be paid in. */
export const total = (terms: Terms): bigint =>
  terms.price_cents + terms.tax_cents + terms.fees.reduce((sum, fee) => sum + fee.amount_cents, 0n);

/** What a share of a kind weighs beside the others of a sale. */
export function weight(terms: Pick<Terms, "usufruct_bps">, right: Right): bigint {
  if (right.kind === FULL) return BigInt(right.shares) * BASIS_POINTS;
  const bps = right.kind === BARE ? BASIS_POINTS - terms.usufruct_bps : terms.usufruct_bps;
  return BigInt(right.shares) * bps;
}

/**
 * An amount among weights, to the cent, as the contract pays it: each gets what falls between two floors of the running
 * sum.
 */
export function proRata(amount_cents: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, it) => sum + it, 0n);
  let running = 0n;
  let paid = 0n;
  return weights.map((it) => {
    running += it;
    const upTo = whole === 0n ? 0n : (amount_cents * running) / whole;
    const part = upTo - paid;
    paid = upTo;
    return part;
  });
}

/** What each seller gets, in the order of the terms: the price less the charges, pro rata. */
export function netOf(terms: Terms): bigint[] {
  const net = terms.price_cents - terms.payoffs.reduce((sum, payoff) => sum + payoff.paid_cents, 0n);
  return proRata(
    net,
    terms.sold.map((right) => weight(terms, right)),
  );
}

/** What terms mean for one account. */
export interface Stake {
  gives: readonly Right[];
  receives: readonly Right[];
  pays_cents: bigint;
  gets_cents: bigint;
  lends_cents: bigint;
  isSeller: boolean;
  isBuyer: boolean;
}

/** The part of one account in a sale. */
export function stakeOf(terms: Terms, account: Address): Stake {
  const isMine = (other: Address): boolean => isAddressEqual(other, account);
  const gives = terms.sold.filter((right) => isMine(right.holder));
  const receives = terms.bought.filter((right) => isMine(right.holder));
  const net = netOf(terms);
  const fees = terms.fees.filter((fee) => isMine(fee.account));
  return {
    gives,
    receives,
    pays_cents: terms.funding.filter((it) => isMine(it.account)).reduce((sum, it) => sum + it.amount_cents, 0n),
    gets_cents:
      terms.sold.reduce((sum, right, place) => sum + (isMine(right.holder) ? (net[place] ?? 0n) : 0n), 0n) +
      fees.reduce((sum, fee) => sum + fee.amount_cents, 0n),
    lends_cents: terms.loan.lender !== NOBODY && isMine(terms.loan.lender) ? terms.loan.amount_cents : 0n,
    isSeller: gives.length > 0,
    isBuyer: receives.length > 0,
  };
}

export const hasLoan = (terms: Terms): boolean => terms.loan.lender !== NOBODY;

/** Who must sign, in the order of the contract; creditors who must agree are found by `consenting`. */
export function partiesOf(subject: ActSubject, consenting: readonly Address[] = []): Address[] {
  const { terms } = subject;
  const parties = [...terms.sold, ...terms.bought].map((right) => right.holder);
  if (subject.act !== "deed") return parties;
  return [...parties, ...(hasLoan(terms) ? [terms.loan.lender] : []), ...consenting];
}

/** The creditors, by rank, who are paid short or whose charge stays on the title: the deed needs their signature. */
export function consenting(
  terms: Terms,
  charges: readonly { creditor: Address; amount_cents: number | bigint }[],
): Address[] {
  return charges
    .filter((charge, rank) => terms.payoffs[rank]?.paid_cents !== BigInt(charge.amount_cents))
    .map((charge) => charge.creditor);
}
