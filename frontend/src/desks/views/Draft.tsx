import { useState } from "preact/hooks";
import type { Address, Hex } from "viem";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { hasOffice } from "../../post/client";
import "../../style/land.css";
import { useDraft } from "../../store/draft";
import { theTown } from "../../town/folder";
import { Offer } from "../../land/parts/Offer";
import { TermsText } from "../../land/parts/TermsText";
import type { Deed } from "../../land/reading";
import { desk } from "../../words/desk";
import { CONDITIONS, type Wish, type WishFault, propose } from "../drafts";
import { type Fault, type Field, parseAll } from "../fields";
import { DocumentField } from "../parts/DocumentField";

const EMPTY = {
  parcel: "",
  buyer: "",
  price: "",
  deposit: "",
  fee: "",
  lender: "",
  loan: "",
  loanDue: "",
  loanCondition: "no",
  permitCondition: "no",
  settleDays: "120",
  document: "",
};
type Typed = typeof EMPTY;

const NEEDED: readonly Field[] = [
  { name: "parcel", kind: "parcel" },
  { name: "buyer", kind: "address" },
  { name: "price", kind: "amount" },
  { name: "deposit", kind: "amount" },
  { name: "settleDays", kind: "number" },
  { name: "document", kind: "document" },
];
const LENT: readonly Field[] = [
  { name: "lender", kind: "address" },
  { name: "loan", kind: "amount" },
  { name: "loanDue", kind: "moment" },
];

function read(
  typed: Typed,
  notary: Address,
): { wish: Wish; faults: null } | { wish: null; faults: Readonly<Record<string, Fault>> } {
  const hasLoan = typed.lender !== "" || typed.loan !== "";
  const hasFee = typed.fee.trim() !== "";
  const fields = [...NEEDED, ...(hasLoan ? LENT : []), ...(hasFee ? [{ name: "fee", kind: "amount" } as const] : [])];
  const { values, faults } = parseAll(fields, typed);
  if (!values) return { wish: null, faults };
  const loan = hasLoan
    ? {
        lender: values["lender"] as Address,
        amount_cents: values["loan"] as bigint,
        dueDay: (values["loanDue"] as bigint) / 86_400n,
      }
    : null;
  const conditions =
    (typed.loanCondition === "yes" ? CONDITIONS.loan : 0n) | (typed.permitCondition === "yes" ? CONDITIONS.permit : 0n);
  return {
    faults: null,
    wish: {
      title: values["parcel"] as bigint,
      buyer: values["buyer"] as Address,
      price_cents: values["price"] as bigint,
      deposit_cents: values["deposit"] as bigint,
      fee_cents: hasFee ? (values["fee"] as bigint) : 0n,
      notary,
      loan,
      conditions,
      settleDays: values["settleDays"] as bigint,
      documentHash: values["document"] as Hex,
    },
  };
}

/** The notary draws up a plain sale and offers it to its parties. Nothing is signed here. */
export default function Draft() {
  const w = desk().draft;
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

function Form({ notary }: { notary: Address }) {
  const w = desk().draft;
  const [typed, change, forget] = useDraft<Typed>("desk/draft", EMPTY);
  const [isChecked, setChecked] = useState(false);
  const [refused, setRefused] = useState<WishFault | null>(null);
  const [drawn, setDrawn] = useState<Deed | null>(null);
  const { wish, faults } = read(typed, notary);
  const field = (name: keyof Typed, label: string, input: Record<string, unknown> = {}, unit?: string) => {
    const fault = isChecked && faults?.[name];
    return (
      <TextField
        label={label}
        value={typed[name]}
        onValue={(value) => change({ [name]: value })}
        fault={fault ? desk().faults[fault] : null}
        {...(unit ? { unit } : {})}
        input={{ autocomplete: "off", spellcheck: false, ...input }}
      />
    );
  };
  const symbol = theTown().currency.symbol;
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
  const offer = async (wanted: Wish): Promise<Deed> => {
    const made = await propose(wanted);
    if (typeof made !== "string") {
      forget();
      return made;
    }
    setRefused(made);
    setChecked(false);
    throw new Error(made);
  };
  if (drawn || (wish && isChecked)) {
    return (
      <>
        <Offer offer={() => offer(wish!)} label={w.submit} drawn={drawn} setDrawn={setDrawn} />
        {drawn ? (
          <TermsText terms={drawn.terms} whole={Math.max(...drawn.terms.bought.map(({ shares }) => shares))} />
        ) : (
          <Button look="quiet" onClick={() => setChecked(false)}>
            {desk().act.change}
          </Button>
        )}
      </>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setRefused(null);
        setChecked(true);
      }}
    >
      {refused && <Notice tone="bad">{w[refused]}</Notice>}
      {field("parcel", w.parcel)}
      {field("buyer", w.buyer)}
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
        fault={isChecked && faults?.["document"] ? desk().faults[faults["document"]] : null}
      />
      <Button type="submit" wide>
        {desk().act.prepare}
      </Button>
    </form>
  );
}
