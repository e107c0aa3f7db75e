import { useState } from "preact/hooks";
import type { Address, Hex } from "viem";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { rememberMemo } from "../../money/memos";
import { referenceHash } from "../../money/flows/pay";
import { type Payee, readPayee } from "../../money/payee";
import { PayeeField } from "../../money/parts/PayeeField";
import { SaveContact } from "../../money/parts/SaveContact";
import { money } from "../../money/words/money";
import { nameOf } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import type { ViewProps } from "../../route";
import { link, query } from "../../router";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import "../../style/money.css";
import { amountIn, readAmount } from "../amount";
import type { Circle } from "../chain/circle";
import { mixedIn, readNow } from "../chain/mix";
import { type Payment, mixIn, payInCredit, payMixed } from "../flows/pay";
import { type PaymentFaults, foreseePayment } from "../foreseen";
import { mayPay } from "../limits";
import { draftOf, pageOf } from "../pages";
import { Allowing } from "../parts/Allowing";
import { AsMember } from "../parts/AsMember";
import { CircleAmount } from "../parts/CircleAmount";
import { InCircle } from "../parts/InCircle";
import { StandingText } from "../parts/StandingText";
import { credit } from "../words/credit";

const EMPTY = { to: "", amount: "", reference: "", by: "mixed" };

/** A payment to a member of a circle, in money first where it has a currency, in credit for the rest. */
export default function Pay({ parameters }: ViewProps) {
  return (
    <InCircle parameters={parameters} title={credit().pay.title}>
      {(circle) => (
        <AsMember circle={circle}>
          {(member, account) =>
            mayPay(member) ? (
              <Form key={query.value.toString()} circle={circle} account={account} />
            ) : (
              <StandingText circle={circle} member={member} />
            )
          }
        </AsMember>
      )}
    </InCircle>
  );
}

interface FormProps {
  circle: Circle;
  account: Address;
}

function Form({ circle, account }: FormProps) {
  const w = credit().pay;
  const act = useAct();
  const asked = query.peek().get("to");
  const [form, change, forget] = useDraft(
    draftOf("pay", circle.contract),
    texts(EMPTY),
    EMPTY,
    asked ? { to: asked } : {},
  );
  const [faults, setFaults] = useState<PaymentFaults>({});
  const [sent, setSent] = useState<Payment | null>(null);
  const { amount } = readAmount(circle, form.amount);
  const isMixed = circle.currency !== null && form.by !== "credit";

  const now = useRead(
    async () => (amount === null ? null : readNow(circle, account, amount, isMixed)),
    [circle, account, amount, isMixed, head.value?.number],
  );

  const lookAhead = async (payee: Payee, payment: Payment | null): Promise<PaymentFaults> => {
    // Where the node does not answer, the act itself tells it.
    if (payment) return foreseePayment(circle, account, payment, isMixed).catch(() => ({}));
    const { fault } = readAmount(circle, form.amount);
    return {
      ...(payee.fault ? { to: money().pay[payee.fault] } : {}),
      ...(fault === null ? {} : { amount: fault }),
    };
  };

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (act.isBusy) return;
    const payee = readPayee(form.to, account);
    const reference = form.reference.trim();
    const payment = payee.fault || amount === null ? null : { to: payee.address, amount, reference };
    const found = await lookAhead(payee, payment);
    setFaults(found);
    if (!payment || Object.keys(found).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    setSent(payment);
    if (reference) rememberMemo(referenceHash(reference), reference);
    await act.slip((payer) => (isMixed ? payMixed : payInCredit)(payer, circle, payment));
    if (act.state.peek().at === "done") forget();
  };

  const state = act.state.value;
  if (state.at === "done" && sent) {
    return (
      <>
        <Progress
          act={act}
          done={
            <>
              <p class="notice-title">{w.done(amountIn(circle, sent.amount), nameOf(sent.to))}</p>
              {isMixed && state.transaction && (
                <MadeOf circle={circle} account={account} transaction={state.transaction} />
              )}
            </>
          }
        />
        <SaveContact address={sent.to} />
        <div class="actions">
          <Button onClick={() => act.reset()}>{money().pay.another}</Button>
          <ButtonLink look="secondary" href={link(pageOf("/credit", circle.contract))}>
            {w.back}
          </ButtonLink>
        </div>
      </>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <PayeeField value={form.to} onValue={(to) => change({ to })} fault={faults.to} />
      <CircleAmount
        circle={circle}
        value={form.amount}
        onValue={(typed) => change({ amount: typed })}
        fault={faults.amount}
      />
      <TextField
        label={money().pay.reference}
        hint={money().pay.referenceHint}
        optional
        value={form.reference}
        onValue={(reference) => change({ reference })}
        fault={faults.reference}
        input={{ autocomplete: "off", maxLength: 200 }}
      />
      {circle.currency && (
        <>
          <Choice
            legend={w.by}
            options={[
              { value: "mixed", label: w.mixed, note: w.mixedNote },
              { value: "credit", label: w.credit, note: w.creditNote },
            ]}
            value={isMixed ? "mixed" : "credit"}
            onValue={(by) => change({ by })}
          />
          {isMixed && now.value && <p role="status">{w.now(mixIn(circle, now.value))}</p>}
          <Allowing
            circle={circle}
            money={circle.currency}
            backed={now.value?.backed ?? 0n}
            isNeeded={isMixed && now.value?.isAllowed === false}
          />
        </>
      )}
      <Progress act={act} />
      <Button type="submit" wide busy={act.isBusy}>
        {amount === null ? w.submitEmpty : w.submit(amountIn(circle, amount))}
      </Button>
      <ButtonLink look="quiet" href={link(pageOf("/credit/scan", circle.contract))}>
        {money().scanAction}
      </ButtonLink>
    </form>
  );
}

/** What of a payment was money and what credit, as its receipt tells. */
function MadeOf({ circle, account, transaction }: FormProps & { transaction: Hex }) {
  const read = useRead(() => mixedIn(circle, transaction, account), [circle, transaction, account]);
  return read.value ? <p>{credit().pay.doneMixed(mixIn(circle, read.value))}</p> : null;
}
