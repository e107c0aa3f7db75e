import { useState } from "preact/hooks";
import type { Address } from "viem";
import { head } from "../../chain/head";
import { useAct } from "../../acts/useAct";
import { readBalance } from "../../money/figures";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import { hasOffice } from "../../post/client";
import { paidIn } from "../../town/currency";
import { formatAmount, formatMoment } from "../../words/format";
import { land } from "../words/land";
import { fund } from "../flows/fund";
import { refund, retract } from "../flows/retract";
import type { Deed } from "../reading";
import { type Sale, draftDeed, shareOf } from "../sales";
import { Offer } from "./Offer";
import { nextPayment } from "../steps";

const Done = ({ text }: { text: string }) => <p class="notice-title">{text}</p>;

/** What the account pledged and has not paid: the deposit first, then the rest. */
export function Fund({ sale, account }: { sale: Sale; account: Address }) {
  const w = land().sale.fund;
  const act = useAct();
  const currency = paidIn(sale.contract);
  const share = useRead(() => shareOf(sale, account), [sale.number, account, head.value?.number]);
  const own = useRead(() => readBalance(account, currency), [account, currency.contract, head.value?.number]);
  const left = share.value ? share.value.pledged_cents - share.value.paid_cents : 0n;
  const balance = own.value;
  if (!share.value || balance === undefined || (left === 0n && act.state.value.at === "ready")) return null;
  const { amount_cents, isDeposit } = nextPayment(sale, share.value);
  const amount = formatAmount(amount_cents, currency);
  return (
    <section class="card">
      <h2>{w.title}</h2>
      {left > 0n && <p>{w.text(formatAmount(left, currency))}</p>}
      {act.state.value.at === "ready" &&
        (balance < amount_cents ? (
          <Notice tone="warn">{w.poor(formatAmount(balance, currency))}</Notice>
        ) : (
          <Button wide onClick={() => void act.slip((payer) => fund(payer, sale, amount_cents)).then(share.again)}>
            {isDeposit ? w.deposit(amount) : w.rest(amount)}
          </Button>
        ))}
      <Progress act={act} done={<Done text={w.done} />} />
    </section>
  );
}

/** A buyer withdraws while the terms leave the time. */
export function Retract({ sale, buyer }: { sale: Sale; buyer: Address }) {
  const w = land().sale.retract;
  const act = useAct();
  return (
    <section class="card">
      <h2>{w.title}</h2>
      <p>{w.text(formatMoment(sale.terms.retractUntil))}</p>
      {act.state.value.at === "ready" && (
        <Button look="danger" onClick={() => void act.slip(() => retract(buyer, sale))}>
          {w.act}
        </Button>
      )}
      <Progress act={act} done={<Done text={w.done} />} />
    </section>
  );
}

/** Takes back what was paid into a sale that came to nothing. */
export function Refund({ sale, payer }: { sale: Sale; payer: Address }) {
  const w = land().sale.refund;
  const act = useAct();
  const share = useRead(() => shareOf(sale, payer), [sale.number, payer, head.value?.number]);
  const paid = share.value?.paid_cents ?? 0n;
  const amount = formatAmount(paid, paidIn(sale.contract));
  if (paid === 0n && act.state.value.at === "ready") return null;
  return (
    <section class="card">
      <h2>{w.title}</h2>
      {paid > 0n && <p>{w.text(amount)}</p>}
      {act.state.value.at === "ready" && (
        <>
          <Button wide onClick={() => void act.direct(() => refund(payer, sale, paid)).then(share.again)}>
            {w.act(amount)}
          </Button>
          <p class="hint">{w.byAnyone}</p>
        </>
      )}
      <Progress act={act} done={<Done text={w.done} />} />
    </section>
  );
}

/** A party proposes to give the sale up; the post office carries it out once all have signed. */
export function Rescind({ sale }: { sale: Sale }) {
  const w = land().sale.rescind;
  const [drawn, setDrawn] = useState<Deed | null>(null);
  if (!hasOffice()) return null;
  const offer = (): Promise<Deed> => draftDeed({ act: "rescission", sale: sale.number, from: null, terms: sale.terms });
  return (
    <details>
      <summary>{w.title}</summary>
      <div class="stack">
        <p>{w.text}</p>
        <Offer offer={offer} label={w.act} drawn={drawn} setDrawn={setDrawn} />
      </div>
    </details>
  );
}
