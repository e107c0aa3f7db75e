import { useState } from "preact/hooks";
import { isUsed, pay, referenceHash } from "../flows/pay";
import { useAct } from "../../acts/useAct";
import { parseAmount } from "../amount";
import { rememberMemo } from "../memos";
import { readPayee } from "../payee";
import { AmountField, amountFault } from "../parts/AmountField";
import { nameOf } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { PayeeField } from "../parts/PayeeField";
import { SaveContact } from "../parts/SaveContact";
import { link, query } from "../../router";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import "../../style/money.css";
import type { Session } from "../../wallet/session";
import { who } from "../../wallet/who";
import { formatAmount } from "../../words/format";
import { draftOf, pageOf } from "../pages";
import { money } from "../words/money";

const EMPTY = { to: "", amount: "", reference: "" };
type Faults = Partial<Record<keyof typeof EMPTY, string>>;

export default function Pay() {
  return (
    <Page title={money().pay.title}>
      <NeedsWallet>{(session) => <Form key={query.value.toString()} session={session} />}</NeedsWallet>
    </Page>
  );
}

/** What a link asks for: whom to pay, how much. */
function asked(): Partial<typeof EMPTY> {
  const [to, amount] = [query.peek().get("to"), query.peek().get("amount")];
  return { ...(to ? { to } : {}), ...(amount ? { amount } : {}) };
}

function Form({ session }: { session: Session }) {
  const w = money();
  const act = useAct();
  const [form, change, forget] = useDraft(draftOf("pay"), texts(EMPTY), EMPTY, asked());
  const [faults, setFaults] = useState<Faults>({});
  const [sent, setSent] = useState<{ to: `0x${string}`; amount_cents: bigint } | null>(null);
  const parsed = parseAmount(form.amount);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (act.isBusy) return;
    const payee = readPayee(form.to, session.account);
    const balance = who.value?.balance_cents;
    const reference = form.reference.trim();
    const found: Faults = {};
    if (payee.fault) found.to = w.pay[payee.fault];
    const amount = amountFault(parsed, balance, balance === undefined ? undefined : w.tooMuch(formatAmount(balance)));
    if (amount) found.amount = amount;
    if (reference && (await isUsed(session.account, referenceHash(reference)).catch(() => false))) {
      found.reference = w.pay.alreadyPaid;
    }
    setFaults(found);
    if (Object.keys(found).length > 0 || payee.fault || parsed.fault) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    setSent({ to: payee.address, amount_cents: parsed.cents });
    if (reference) rememberMemo(referenceHash(reference), reference);
    await act.slip((payer) =>
      pay(payer, { to: payee.address, amount_cents: parsed.cents, ...(reference ? { reference } : {}) }),
    );
    if (act.state.peek().at === "done") forget();
  };

  if (act.state.value.at === "done" && sent) {
    return (
      <>
        <Progress
          act={act}
          done={<p class="notice-title">{w.pay.done(formatAmount(sent.amount_cents), nameOf(sent.to))}</p>}
        />
        <SaveContact address={sent.to} />
        <div class="actions">
          <Button onClick={() => act.reset()}>{w.pay.another}</Button>
          <ButtonLink look="secondary" href={link(pageOf(""))}>
            {w.title}
          </ButtonLink>
        </div>
      </>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <PayeeField value={form.to} onValue={(to) => change({ to })} fault={faults.to} />
      <AmountField value={form.amount} onValue={(amount) => change({ amount })} fault={faults.amount ?? null} />
      <TextField
        label={w.pay.reference}
        hint={w.pay.referenceHint}
        optional
        value={form.reference}
        onValue={(reference) => change({ reference })}
        fault={faults.reference}
        input={{ autocomplete: "off", maxLength: 200 }}
      />
      <Progress act={act} />
      <Button type="submit" wide busy={act.isBusy}>
        {parsed.fault ? w.pay.submitEmpty : w.pay.submit(formatAmount(parsed.cents))}
      </Button>
      <ButtonLink look="quiet" href={link(pageOf("/scan"))}>
        {w.scanAction}
      </ButtonLink>
    </form>
  );
}
