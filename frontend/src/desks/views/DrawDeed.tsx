import { useState } from "preact/hooks";
import { type Problem, problemOf } from "../../chain/problem";
import { Button, ButtonLink } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { ProblemText } from "../../parts/Problem";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import type { ViewProps } from "../../routes/route";
import "../../style/land.css";
import { TermsText } from "../../land/parts/TermsText";
import type { Deed } from "../../land/reading";
import { readTitle } from "../../land/register";
import { type Sale, readSale } from "../../land/sales";
import { desk } from "../../words/desk";
import { land } from "../../words/land";
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
      <Offer offer={() => drawDeed(sale)} label={desk().draft.submit} drawn={drawn} setDrawn={setDrawn} />
      <TermsText terms={sale.terms} whole={title.value?.whole ?? 1} />
    </>
  );
}

interface Offered {
  offer: () => Promise<Deed>;
  label: string;
  drawn: Deed | null;
  setDrawn: (deed: Deed) => void;
}

/** Hands a deed in for signing, and leads to it. */
export function Offer({ offer, label, drawn, setDrawn }: Offered) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await offer().then(setDrawn, async (error: unknown) => setProblem(await problemOf(error)));
    setBusy(false);
  };
  if (drawn) {
    return (
      <Notice tone="good" title={desk().signed.drawn}>
        <ButtonLink look="secondary" href={link(`/land/deed/${drawn.id}`)}>
          {desk().draft.see}
        </ButtonLink>
      </Notice>
    );
  }
  return (
    <>
      <Button wide busy={isBusy} onClick={() => void submit()}>
        {label}
      </Button>
      {problem && (
        <Notice tone="bad">
          <ProblemText problem={problem} />
        </Notice>
      )}
    </>
  );
}
