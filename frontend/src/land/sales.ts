import { type Address, type Hex, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import { conveyanceAbi } from "../generated/Conveyance";
import { planningAbi } from "../generated/Planning";
import { PostError, ask, hasOffice } from "../post/client";
import { theTown } from "../town/folder";
import { instancesOf } from "../town/instances";
import type { TypedData } from "../wallet/typed";
import { type Deed, readDeed } from "./reading";
import { entries } from "./register";
import { type Terms, conveyanceDomain, digestOf, partiesOf, typedAct } from "./terms";

const SALE_STATES = ["none", "agreed", "deposited", "settled", "cancelled"] as const;
type SaleState = (typeof SALE_STATES)[number];
const ANSWERS = ["none", "awaited", "renounced", "preempted"] as const;

/** A sale: where it stands, and the terms in force. */
export interface Sale {
  number: bigint;
  /** The contract that opened it, by its name in the town: it ends there. */
  contract: string;
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

/** Where signatures are valid for a contract of sales, by its name in the town. */
export const domain = (contract: string): TypedData["domain"] =>
  conveyanceDomain(theTown().chainId, at(contract, conveyanceAbi).address);

type Opened = Pick<Sale, "number" | "contract" | "title" | "terms">;

/** Sales by number with their latest terms, from events of every contract of sales; all, or those of a title. */
async function termsInForce(title?: bigint): Promise<Map<bigint, Opened>> {
  const wanted = title === undefined ? (["SaleOpened"] as const) : (["SaleOpened", { title }] as const);
  const found = await Promise.all(
    instancesOf("Conveyance").map(async (contract) => {
      const told = await entries(contract, conveyanceAbi, [wanted, ["SaleAmended"]]);
      return told.map((entry) => ({ ...entry, contract }));
    }),
  );
  const inOrder = found.flat().sort((a, b) => (a.block === b.block ? a.index - b.index : a.block < b.block ? -1 : 1));
  const sales = new Map<bigint, Opened>();
  for (const { name, args, contract } of inOrder) {
    const number = args["sale"] as bigint;
    if (name === "SaleOpened" || sales.has(number)) {
      sales.set(number, { number, contract, title: number >> 16n, terms: args["terms"] as Terms });
    }
  }
  return sales;
}

async function readOne(opened: Opened): Promise<Sale> {
  const { number, contract, title } = opened;
  const conveyance = at(contract, conveyanceAbi);
  const sale = await readContract(chain(), { ...conveyance, functionName: "saleOf", args: [number] });
  const planning = at("Planning", planningAbi);
  const [declaration, isPurged] = await Promise.all([
    readContract(chain(), { ...planning, functionName: "declarationOf", args: [sale.termsHash] }),
    readContract(chain(), { ...planning, functionName: "isPurged", args: [title, sale.termsHash] }),
  ]);
  return {
    ...opened,
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
  return (await Promise.all([...all.values()].map(readOne))).reverse();
}

/** A sale; null where there is none of that number. */
export async function readSale(number: bigint): Promise<Sale | null> {
  const found = (await termsInForce(number >> 16n)).get(number);
  return found ? readOne(found) : null;
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
export async function shareOf(
  { number, contract }: Sale,
  payer: Address,
): Promise<{ pledged_cents: bigint; paid_cents: bigint }> {
  return readContract(chain(), { ...at(contract, conveyanceAbi), functionName: "shareOf", args: [number, payer] });
}

/** What a contract of sales owes an account and could not pay. */
export interface Owed {
  /** Its name in the town. */
  contract: string;
  amount_cents: bigint;
}

/** What contracts of sales owe an account. */
export async function owedTo(account: Address): Promise<Owed[]> {
  const all = await Promise.all(
    instancesOf("Conveyance").map(async (contract) => {
      const call = { ...at(contract, conveyanceAbi), functionName: "owedTo", args: [account] } as const;
      return { contract, amount_cents: await readContract(chain(), call) };
    }),
  );
  return all.filter(({ amount_cents }) => amount_cents > 0n);
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
  return isSame && homeOf(deed) !== null;
}

/** The contract of sales for which an act was drawn up, by its name in the town; null where the id is of none. */
export const homeOf = (deed: Deed): string | null =>
  instancesOf("Conveyance").find((contract) => digestOf(typedAct(domain(contract), deed)) === deed.id) ?? null;

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
