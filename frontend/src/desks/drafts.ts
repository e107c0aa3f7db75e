import { type Address, type Hex, zeroAddress, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import { now_s } from "../chain/head";
import { conveyanceAbi } from "../generated/Conveyance";
import { landTaxAbi } from "../generated/LandTax";
import { BARE, FULL } from "../land/rights";
import { type Title, readTitle } from "../land/register";
import { type Sale, draftDeed, isOpen, readDeeds, readOneDeed, readSales } from "../land/sales";
import type { Deed } from "../land/reading";
import { LOAN, PERMIT, type Terms } from "../land/terms";
import { keptSignal } from "../store/local";

const DAY_S = 86_400n;
const DEPOSIT_DAYS = 10n;
const CONDITION_DAYS = 60n;

/** The compromis that this browser handed in: the chain knows nothing of them before they are signed. */
export const drafted = keptSignal<readonly Hex[]>("desk/drafts", []);

/** What a notary fills in for a plain sale: the whole title, to one buyer. */
export interface Wish {
  title: bigint;
  buyer: Address;
  price_cents: bigint;
  deposit_cents: bigint;
  fee_cents: bigint;
  notary: Address;
  loan: { lender: Address; amount_cents: bigint; dueDay: bigint } | null;
  conditions: bigint;
  settleDays: bigint;
  documentHash: Hex;
}

export type WishFault = "noTitle" | "loanTooLarge";

/** Terms of a plain sale, pure: its charges paid in full by rank, the lender's part and the buyer's. */
export function termsOf(
  wish: Wish,
  title: Pick<Title, "version" | "rights" | "charges" | "whole">,
  tax_cents: bigint,
  today_s: bigint,
  retraction_s: bigint,
): Terms | WishFault {
  const due = wish.price_cents + tax_cents + wish.fee_cents;
  const lent = wish.loan?.amount_cents ?? 0n;
  if (lent > due) return "loanTooLarge";
  const shares = title.rights.reduce(
    (sum, { kind, shares: part }) => sum + (kind === FULL || kind === BARE ? part : 0),
    0,
  );
  const retractUntil = today_s + retraction_s + DAY_S;
  const loan = wish.loan ?? { lender: zeroAddress, amount_cents: 0n, dueDay: 0n };
  const settleBy = today_s + wish.settleDays * DAY_S;
  return {
    title: wish.title,
    version: BigInt(title.version),
    price_cents: wish.price_cents,
    tax_cents,
    deposit_cents: wish.deposit_cents,
    usufruct_bps: 5_000n,
    conditions: wish.conditions,
    depositBy: today_s + DEPOSIT_DAYS * DAY_S,
    retractUntil,
    conditionsBy: wish.conditions > 0n ? today_s + CONDITION_DAYS * DAY_S : 0n,
    settleBy,
    documentHash: wish.documentHash || zeroHash,
    loan,
    sold: title.rights,
    bought: [{ holder: wish.buyer, kind: FULL, shares }],
    fees: wish.fee_cents > 0n ? [{ account: wish.notary, amount_cents: wish.fee_cents }] : [],
    payoffs: title.charges.map(({ number, amount_cents }) => ({
      charge: BigInt(number),
      paid_cents: amount_cents,
      stays: false,
    })),
    funding: [
      ...(due > lent ? [{ account: wish.buyer, amount_cents: due - lent }] : []),
      ...(lent > 0n ? [{ account: loan.lender, amount_cents: lent }] : []),
    ],
  };
}

/** Works the terms out from what the chain says today, and hands the compromis in for signing. */
export async function propose(wish: Wish): Promise<Deed | WishFault> {
  const today_s = await now_s();
  const title = await readTitle(wish.title, Number(today_s));
  if (!title || title.state !== "free") return "noTitle";
  const [tax, retraction_s] = await Promise.all([
    readContract(chain(), {
      ...at("LandTax", landTaxAbi),
      functionName: "assess",
      args: [wish.price_cents, today_s / DAY_S],
    }),
    readContract(chain(), { ...at("Conveyance", conveyanceAbi), functionName: "retraction_s" }),
  ]);
  const tax_cents = tax.departement_cents + tax.commune_cents + tax.state_cents;
  const terms = termsOf(wish, title, tax_cents, today_s, retraction_s);
  if (typeof terms === "string") return terms;
  const deed = await draftDeed({ act: "compromis", sale: null, from: null, terms });
  drafted.value = [...drafted.value.filter((id) => id !== deed.id), deed.id];
  return deed;
}

/** Offers the parties the deed of a sale, on the terms in force. */
export const drawDeed = (sale: Sale): Promise<Deed> =>
  draftDeed({ act: "deed", sale: sale.number, from: null, terms: sale.terms });

export interface Pending {
  deed: Deed;
  sale: Sale | null;
  version: number;
}

/** The deeds that a notary follows: those of open sales, and the compromis that this browser proposed; and the sales without a deed. */
export async function readPending(): Promise<{ pending: Pending[]; undrawn: Sale[] }> {
  const open = (await readSales()).filter(isOpen);
  const ofSales = await Promise.all(
    open.map(async (sale) => {
      const deeds = await readDeeds(sale.terms.sold[0]!.holder);
      return { sale, deeds: deeds.filter((deed) => deed.sale === sale.number) };
    }),
  );
  const drafts = await Promise.all(drafted.peek().map((id) => readOneDeed(id)));
  const versions = await Promise.all(
    drafts.map(async (deed) => (deed ? ((await readTitle(deed.terms.title, 0))?.version ?? 0) : 0)),
  );
  const compromis = drafts.flatMap((deed, place) =>
    deed && deed.terms.version === BigInt(versions[place]!) ? [{ deed, sale: null, version: versions[place]! }] : [],
  );
  return {
    pending: [...compromis, ...ofSales.flatMap(({ sale, deeds }) => deeds.map((deed) => ({ deed, sale, version: 0 })))],
    undrawn: ofSales
      .filter(({ sale, deeds }) => sale.state === "deposited" && !deeds.some((deed) => isDeedOf(deed, sale)))
      .map(({ sale }) => sale),
  };
}

const isDeedOf = (deed: Deed, sale: Sale): boolean =>
  deed.act === "deed" && deed.sale === sale.number && deed.terms.documentHash === sale.terms.documentHash;

export const CONDITIONS = { loan: LOAN, permit: PERMIT } as const;
