import { useState } from "preact/hooks";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { Offer } from "../../land/parts/Offer";
import { TermsText } from "../../land/parts/TermsText";
import type { Deed } from "../../land/reading";
import { readTitle } from "../../land/register";
import { type Sale, readSale } from "../../land/sales";
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { land } from "../../land/words/land";
import { drawDeed } from "../drafts";

/** Offers the parties the deed of a sale, on the terms in force. Nothing is signed here. */
export default function DrawDeed({ parameters }: ViewProps) {
  const text = parameters["sale"] ?? "";
  const number = /^\d{1,50}$/.test(text) ? BigInt(text) : 0n;
  const w = desk().signed.drawDeed;
  const read = useRead(() => readSale(number), [number]);
  return (
    <Page title={w.name} lead={w.meaning}>
      <NeedsWallet>
        {() => (
          <Reading read={read}>{(sale) => (sale ? <Sheet sale={sale} /> : <p>{land().sale.notFound}</p>)}</Reading>
        )}
      </NeedsWallet>
    </Page>
  );
}

function Sheet({ sale }: { sale: Sale }) {
  const [drawn, setDrawn] = useState<Deed | null>(null);
  const title = useRead(() => readTitle(sale.title, 0), [sale.number]);
  return (
    <>
      <Offer offer={() => drawDeed(sale)} label={drafting().sale.submit} drawn={drawn} setDrawn={setDrawn} />
      <TermsText terms={sale.terms} whole={title.value?.whole ?? 1} />
    </>
  );
}
