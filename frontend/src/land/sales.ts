import { type Address, type Hex, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import { conveyanceAbi } from "../generated/Conveyance";
import { planningAbi } from "../generated/Planning";
import { PostError, ask, hasOffice } from "../post/client";
import { theTown } from "../town/folder";
import { type Deed, readDeed } from "./reading";
import { entries } from "./register";
import { type Terms, conveyanceDomain, digestOf, partiesOf, typedAct } from "./terms";

const SALE_STATES = ["none", "agreed", "deposited", "settled", "cancelled"] as const;
type SaleState = (typeof SALE_STATES)[number];
const ANSWERS = ["none", "awaited", "renounced", "preempted"] as const;

/** A sale: where it stands, and the terms in force. */
export interface Sale {
  number: bigint;
  title: bigint;
  state: SaleState;
  terms: Terms;
  termsHash: Hex;
  pending: number;
  escrow_cents: bigint;
  /** What the town answered, until when it may. */
  answer: (typeof ANSWERS)[number];
  answerBy_s: number;
  isPurged: boolean;
}

const conveyance = () => at("Conveyance", conveyanceAbi);
export const domain = () => conveyanceDomain(theTown().chainId, conveyance().address);

/** Sales by number with their latest terms, from events; all, or those of a title. */
async function termsInForce(title?: bigint): Promise<Map<bigint, { title: bigint; terms: Terms }>> {
  const wanted = title === undefined ? (["SaleOpened"] as const) : (["SaleOpened", { title }] as const);
  const found = await entries("Conveyance", conveyanceAbi, [wanted, ["SaleAmended"]]);
  const inOrder = found.sort((a, b) => (a.block === b.block ? a.index - b.index : a.block < b.block ? -1 : 1));
  const sales = new Map<bigint, { title: bigint; terms: Terms }>();
  for (const { name, args } of inOrder) {
    const number = args["sale"] as bigint;
    if (name === "SaleOpened" || sales.has(number)) {
      sales.set(number, { title: number >> 16n, terms: args["terms"] as Terms });
    }
  }
  return sales;
}

async function readOne(number: bigint, title: bigint, terms: Terms): Promise<Sale> {
  const sale = await readContract(chain(), { ...conveyance(), functionName: "saleOf", args: [number] });
  const planning = at("Planning", planningAbi);
  const [declaration, isPurged] = await Promise.all([
    readContract(chain(), { ...planning, functionName: "declarationOf", args: [sale.termsHash] }),
    readContract(chain(), { ...planning, functionName: "isPurged", args: [title, sale.termsHash] }),
  ]);
  return {
    number,
    title,
    terms,
    state: SALE_STATES[sale.state] ?? "none",
    termsHash: sale.termsHash,
    pending: sale.pending,
    escrow_cents: sale.escrow_cents,
    answer: ANSWERS[declaration.answer] ?? "none",
    answerBy_s: Number(declaration.answerBy),
    isPurged,
  };
}

/** Every sale, the latest first. */
export async function readSales(title?: bigint): Promise<Sale[]> {
  const all = await termsInForce(title);
  return (await Promise.all([...all].map(([number, it]) => readOne(number, it.title, it.terms)))).reverse();
}

/** A sale; null where there is none of that number. */
export async function readSale(number: bigint): Promise<Sale | null> {
  const found = (await termsInForce(number >> 16n)).get(number);
  return found ? readOne(number, found.title, found.terms) : null;
}

export const isOpen = ({ state }: Sale): boolean => state === "agreed" || state === "deposited";

/** Whether an account has a part in terms. */
export function isParty(terms: Terms, account: Address): boolean {
  const accounts = [
    ...[...terms.sold, ...terms.bought].map((right) => right.holder),
    ...[...terms.fees, ...terms.funding].map((payment) => payment.account),
    terms.loan.lender,
  ];
  return accounts.some((other) => isAddressEqual(other, account));
}

/** What someone pledged and paid into a sale. */
export async function shareOf(sale: bigint, payer: Address): Promise<{ pledged_cents: bigint; paid_cents: bigint }> {
  return readContract(chain(), { ...conveyance(), functionName: "shareOf", args: [sale, payer] });
}

/** The acts that an account signs, as the post office keeps them. */
export async function readDeeds(party: Address): Promise<Deed[]> {
  if (!hasOffice()) return [];
  const { deeds } = await ask<{ deeds: unknown[] }>(`/v1/deeds?party=${party}`);
  return deeds.map(readDeed);
}

export async function readOneDeed(id: Hex): Promise<Deed | null> {
  if (!hasOffice()) return null;
  try {
    return readDeed(await ask<unknown>(`/v1/deeds/${id}`));
  } catch (error) {
    if (error instanceof PostError && error.status === 404) return null;
    throw error;
  }
}

/**
 * Whether the id is the hash of these very terms, and the parties are those that the terms name: the office is not
 * believed.
 */
export function isGenuine(deed: Deed, others: readonly Address[] = []): boolean {
  const parties = partiesOf(deed, deed.act === "deed" ? others : []);
  const isSame =
    parties.length <= deed.parties.length &&
    parties.every((party, place) => isAddressEqual(party, deed.parties[place]!));
  return isSame && digestOf(typedAct(domain(), deed)) === deed.id;
}

/** Every number as decimal text, which is how the post office takes terms. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "bigint" || typeof inner === "number" ? String(inner) : inner,
    ),
  );

/** Hands an act in for signing; the same act twice is one. */
export async function draftDeed(act: Pick<Deed, "act" | "sale" | "from" | "terms">): Promise<Deed> {
  const body = Object.fromEntries(Object.entries(act).filter(([, value]) => value !== null));
  const headers = { "content-type": "application/json" };
  return readDeed(await ask<unknown>("/v1/deeds", { method: "POST", headers, body: JSON.stringify(plain(body)) }));
}
