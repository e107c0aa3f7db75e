import { useState } from "preact/hooks";
import type { Address } from "viem";
import { nameOf as personOf } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { hasOffice } from "../../post/client";
import "../../style/land.css";
import { useDraft } from "../../store/draft";
import { listOf, text, texts } from "../../store/schema";
import { theCurrency } from "../../town/currency";
import { Offer } from "../../land/parts/Offer";
import { rightText } from "../../land/parts/Shares";
import { TermsText } from "../../land/parts/TermsText";
import type { Deed } from "../../land/reading";
import type { Title } from "../../land/register";
import { writePart } from "../../land/rights";
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { draw, propose } from "../drafts";
import { DocumentField } from "../parts/DocumentField";
import { RightsFields } from "../parts/RightsFields";
import { useTitle } from "../parts/useTitle";
import { ROW } from "../rows";
import { EMPTY, type Faults, type Line, type ReadForm, type Typed, isApart, readForm } from "../saleform";
import type { Wish } from "../wish";

/** The notary draws up a sale, reads its terms, and offers it to its parties. Nothing is signed here. */
export default function Draft() {
  const w = drafting().sale;
  return (
    <Page title={w.title} lead={w.lead}>
      {hasOffice() ? (
        <NeedsWallet>{({ account }) => <Form notary={account} />}</NeedsWallet>
      ) : (
        <Notice live={false}>{w.noOffice}</Notice>
      )}
    </Page>
  );
}

const { sold: _, buyers: __, ...LINES } = EMPTY;
const FIELDS = { ...texts(LINES), sold: listOf(text), buyers: listOf(ROW) };

const NO_FAULTS: Faults = { lines: {}, sold: {}, buyers: {} };

/** What is sold of each right where nobody typed anything: all of it. */
const soldOf = (typed: Typed, { rights, whole }: Title): readonly string[] =>
  rights.map(({ shares }, place) => typed.sold[place] ?? writePart(shares, whole));

function Form({ notary }: { notary: Address }) {
  const w = drafting().sale;
  const [typed, change, forget] = useDraft<Typed>("desk/draft", FIELDS, EMPTY);
  const [isChecked, setChecked] = useState(false);
  const [wish, setWish] = useState<Wish | null>(null);
  const title = useTitle(typed.parcel);
  const free = title.value?.state === "free" ? title.value : null;
  const read: ReadForm | null = free && readForm({ ...typed, sold: soldOf(typed, free) }, free, notary);
  if (wish) return <Proposal wish={wish} back={() => setWish(null)} done={forget} />;
  const faults = isChecked ? (read?.faults ?? NO_FAULTS) : NO_FAULTS;
  const field = (name: Line, label: string, input: Record<string, unknown> = {}, unit?: string, hint?: string) => {
    const fault = faults.lines[name];
    return (
      <TextField
        label={label}
        hint={hint}
        value={typed[name]}
        onValue={(value) => change({ [name]: value })}
        fault={fault ? desk().faults[fault] : null}
        {...(unit ? { unit } : {})}
        input={{ autocomplete: "off", spellcheck: false, ...input }}
      />
    );
  };
  const symbol = theCurrency().symbol;
  const money = { inputMode: "decimal" };
  const choice = (name: "loanCondition" | "permitCondition", legend: string) => (
    <Choice
      legend={legend}
      options={[
        { value: "no", label: w.no },
        { value: "yes", label: w.yes },
      ]}
      value={typed[name]}
      onValue={(value) => change({ [name]: value })}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (read?.wish) setWish(read.wish);
      }}
    >
      <TextField
        label={w.parcel}
        hint={desk().hints.parcel}
        value={typed.parcel}
        onValue={(parcel) => change({ parcel, sold: [] })}
        fault={isChecked && title.value !== undefined && !free ? w.faults.noTitle : null}
        input={{ autocomplete: "off", spellcheck: false }}
      />
      {typed.parcel !== "" && (
        <Reading read={title}>
          {() => free && <Sellers title={free} typed={typed} faults={faults} change={change} />}
        </Reading>
      )}
      <RightsFields
        rows={typed.buyers}
        change={(buyers) => change({ buyers })}
        nameOf={w.buyer}
        add={w.addBuyer}
        faults={faults.buyers}
        isPaying
      />
      {free && isApart(typed, free) && field("usufruct", w.usufruct, money, "%", w.usufructHint)}
      {field("price", w.price, money, symbol)}
      {field("deposit", w.deposit, money, symbol)}
      {field("fee", w.fee, money, symbol)}
      {field("lender", w.lender)}
      {field("loan", w.loan, money, symbol)}
      {field("loanDue", w.loanDue, { type: "date" })}
      {choice("loanCondition", w.loanCondition)}
      {choice("permitCondition", w.permitCondition)}
      {field("settleDays", w.settleDays, { inputMode: "numeric" })}
      <DocumentField
        label={w.document}
        value={typed.document}
        onValue={(document) => change({ document })}
        fault={faults.lines["document"] ? desk().faults[faults.lines["document"]] : null}
      />
      <Button type="submit" wide>
        {desk().act.prepare}
      </Button>
    </form>
  );
}

interface Selling {
  title: Title;
  typed: Typed;
  faults: Faults;
  change: (part: Partial<Typed>) => void;
}

/** Whoever has a right in the title, and how much of it is sold: all of it unless someone says otherwise. */
function Sellers({ title, typed, faults, change }: Selling) {
  const w = drafting().sale;
  const sold = soldOf(typed, title);
  return (
    <div class="card stack" role="group" aria-label={w.sellers}>
      <h2>{w.sellers}</h2>
      {title.rights.map((right, place) => {
        const fault = faults.sold[`${place}/sold`];
        return (
          <TextField
            key={place}
            label={w.sold(personOf(right.holder))}
            hint={w.held(rightText(right, title.whole))}
            value={sold[place] ?? ""}
            onValue={(text) => change({ sold: sold.map((other, at) => (at === place ? text : other)) })}
            fault={fault ? desk().faults[fault] : null}
            input={{ autocomplete: "off", spellcheck: false }}
          />
        );
      })}
    </div>
  );
}

/** The terms as the chain has them worked out today: read first, then offered. */
function Proposal({ wish, back, done }: { wish: Wish; back: () => void; done: () => void }) {
  const w = drafting().sale;
  const [drawn, setDrawn] = useState<Deed | null>(null);
  const read = useRead(() => draw(wish), []);
  return (
    <Reading read={read}>
      {(found) =>
        typeof found === "string" ? (
          <>
            <Notice tone="bad">{w.faults[found]}</Notice>
            <Button look="secondary" onClick={back}>
              {desk().act.change}
            </Button>
          </>
        ) : (
          <>
            {!drawn && <p>{w.check}</p>}
            <TermsText terms={found.terms} whole={found.whole} />
            <Offer
              offer={() => propose(found.terms)}
              label={w.submit}
              drawn={drawn}
              setDrawn={(deed) => {
                done();
                setDrawn(deed);
              }}
            />
            {!drawn && (
              <Button look="quiet" onClick={back}>
                {desk().act.change}
              </Button>
            )}
          </>
        )
      }
    </Reading>
  );
}
