import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import { now_s } from "../chain/head";
import { conveyanceAbi } from "../generated/Conveyance";
import { landTaxAbi } from "../generated/LandTax";
import { readTitle } from "../land/register";
import { type Sale, draftDeed, isOpen, readDeeds, readOneDeed, readSales } from "../land/sales";
import type { Deed } from "../land/reading";
import type { Terms } from "../land/terms";
import { keptSignal } from "../store/local";
import { hex, listOf } from "../store/schema";
import { serving } from "../town/instances";
import { DAY_S, type Wish, type WishFault, termsOf } from "./wish";

/** The compromis that this browser handed in: the chain knows nothing of them before they are signed. */
export const drafted = keptSignal<readonly Hex[]>("desk/drafts", listOf(hex), []);

/** Works terms out from what the chain says today. */
export async function draw(wish: Wish): Promise<{ terms: Terms; whole: number } | WishFault> {
  const now = await now_s();
  const title = await readTitle(wish.title, Number(now));
  if (title?.state !== "free") return "noTitle";
  const [tax, retraction_s] = await Promise.all([
    readContract(chain(), {
      ...at(serving("LandTax"), landTaxAbi),
      functionName: "assess",
      args: [wish.price_cents, now / DAY_S],
    }),
    readContract(chain(), { ...at(serving("Conveyance"), conveyanceAbi), functionName: "retraction_s" }),
  ]);
  const tax_cents = tax.departement_cents + tax.commune_cents + tax.state_cents;
  const terms = termsOf(wish, { ...title, tax_cents, now_s: now, retraction_s });
  return typeof terms === "string" ? terms : { terms, whole: title.whole };
}

/** Hands a compromis in for signing. */
export async function propose(terms: Terms): Promise<Deed> {
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

/**
 * The deeds that a notary follows: those of open sales, and the compromis that this browser proposed; and the sales
 * without a deed.
 */
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
