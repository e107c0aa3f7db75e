import { type Address as Account, isAddressEqual } from "viem";
import { head } from "../../chain/head";
import { ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Facts } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { session } from "../../wallet/session";
import { paidIn } from "../../town/currency";
import { serving } from "../../town/instances";
import { formatAmount, formatMoment } from "../../words/format";
import { land } from "../words/land";
import { nameOf, parcelOf } from "../parcel";
import { Fund, Refund, Rescind, Retract } from "../parts/SaleActs";
import { TermsText } from "../parts/TermsText";
import { keysOf } from "../../residents/keys";
import { readTitle } from "../register";
import { type Sale, isOpen, readSale } from "../sales";
import { STEPS, preemptionOf, stepsOf } from "../steps";
import { total } from "../terms";

/** A sale: how far it is, what one may do in it, what was agreed. */
export default function SaleView({ parameters }: ViewProps) {
  const w = land().sale;
  const text = parameters["number"] ?? "";
  const number = /^\d{1,50}$/.test(text) ? BigInt(text) : 0n;
  const read = useRead(() => readSale(number), [number, head.value?.number]);
  return (
    <Page title={w.title(nameOf(parcelOf(number >> 16n)))}>
      <Reading read={read}>{(sale) => (sale === null ? <p>{w.notFound}</p> : <Sheet sale={sale} />)}</Reading>
    </Page>
  );
}

function Sheet({ sale }: { sale: Sale }) {
  const w = land();
  const account = session.value?.account;
  const title = useRead(() => readTitle(sale.title, 0), [sale.number]);
  const now_s = head.value?.timestamp_s ?? 0;
  const preemption = preemptionOf(sale, now_s);
  const words = w.sale.preemption[preemption];
  const currency = paidIn(sale.contract);
  return (
    <>
      {sale.contract !== serving("Conveyance") && (
        <Notice live={false}>
          <p>{w.sale.followed(currency.name)}</p>
        </Notice>
      )}
      <section class="card">
        <Facts
          facts={[
            [w.parcel.state, w.sale.states[sale.state]],
            ...(isOpen(sale)
              ? ([
                  [
                    w.sale.escrow,
                    w.sale.of(formatAmount(sale.escrow_cents, currency), formatAmount(total(sale.terms), currency)),
                  ],
                ] as const)
              : []),
            [w.parcel.zone, typeof words === "function" ? words(formatMoment(sale.answerBy_s)) : words],
          ]}
        />
      </section>
      {account && <Own sale={sale} account={account} now_s={now_s} />}
      {sale.state !== "cancelled" && <Steps sale={sale} />}
      <section>
        <h2>{w.deed.terms}</h2>
        <TermsText terms={sale.terms} whole={title.value?.whole ?? 1} />
      </section>
      <div class="actions">
        <ButtonLink look="secondary" href={link(`/land/parcel/${parcelOf(sale.title)}`)}>
          {w.parcel.title(nameOf(parcelOf(sale.title)))}
        </ButtonLink>
      </div>
    </>
  );
}

function Steps({ sale }: { sale: Sale }) {
  const w = land().sale;
  const done = stepsOf(sale);
  const { depositBy, conditionsBy, settleBy, conditions } = sale.terms;
  const deadlines: Partial<Record<(typeof STEPS)[number], bigint>> = {
    deposited: depositBy,
    funded: settleBy,
    settled: settleBy,
    ...(conditions > 0n ? { met: conditionsBy } : {}),
  };
  return (
    <ol class="steps">
      {STEPS.map((step) => {
        const deadline = deadlines[step];
        return (
          <li key={step} class={done[step] ? "done" : ""}>
            {w.steps[step]}{" "}
            <span class="step-note">
              — {done[step] ? w.stepDone : deadline === undefined ? w.stepNext : w.deadline(formatMoment(deadline))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** What the connected account may do: pay, withdraw, take back. */
function Own({ sale, account, now_s }: { sale: Sale; account: Account; now_s: number }) {
  const keys = useRead(() => keysOf(account), [account]);
  const mine = keys.value ?? [account];
  const buyer = sale.terms.bought.find(({ holder }) => mine.some((key) => isAddressEqual(key, holder)))?.holder;
  const payers = sale.terms.funding
    .map((payment) => payment.account)
    .filter((it) => mine.some((key) => isAddressEqual(key, it)));
  const isSeller = sale.terms.sold.some(({ holder }) => mine.some((key) => isAddressEqual(key, holder)));
  const distinct = [...new Set(payers)];
  return (
    <>
      {isOpen(sale) && <Fund sale={sale} account={account} />}
      {sale.state === "cancelled" && distinct.map((payer) => <Refund key={payer} sale={sale} payer={payer} />)}
      {buyer && isOpen(sale) && sale.terms.retractUntil >= BigInt(now_s) && <Retract sale={sale} buyer={buyer} />}
      {isOpen(sale) && (buyer || isSeller) && <Rescind sale={sale} />}
    </>
  );
}
