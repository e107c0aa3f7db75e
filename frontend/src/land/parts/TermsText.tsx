import type { Address as Account } from "viem";
import type { ComponentChildren } from "preact";
import { Address, nameOf as personOf } from "../../parts/Address";
import { Facts, Table } from "../../parts/Table";
import { formatAmount, formatHash, formatMoment, formatNumber } from "../../words/format";
import { land } from "../words/land";
import { LOAN, PERMIT, type Terms, hasLoan, total } from "../terms";
import { rightText } from "./Shares";

type Fact = readonly [label: string, value: ComponentChildren];

/** The conditions of terms in words. */
export function conditionsText(conditions: bigint): string {
  const w = land().deed.conditionNames;
  const names = [conditions & LOAN ? w.loan : "", conditions & PERMIT ? w.permit : ""].filter(Boolean);
  return names.length === 0 ? w.none : names.join(", ");
}

/** All that terms say, in plain words. */
export function TermsText({ terms, whole }: { terms: Terms; whole: number }) {
  const w = land().deed;
  const parties: { role: string; account: Account; right: string }[] = [
    ...terms.sold.map((right) => ({ role: w.seller, account: right.holder, right: rightText(right, whole) })),
    ...terms.bought.map((right) => ({ role: w.buyer, account: right.holder, right: rightText(right, whole) })),
  ];
  return (
    <>
      <Table
        caption={w.terms}
        hideCaption
        rows={parties}
        columns={[
          { name: w.party, cell: ({ role }) => role },
          { name: land().rights.holder, cell: ({ account }) => <Address address={account} /> },
          { name: land().rights.right, cell: ({ right }) => right },
        ]}
      />
      <div class="card">
        <Facts facts={[...moneyOf(terms), ...calendarOf(terms)]} />
      </div>
      <Table
        caption={w.payer}
        rows={terms.funding}
        columns={[
          { name: w.account, cell: ({ account }) => <Address address={account} /> },
          { name: w.amount, cell: ({ amount_cents }) => formatAmount(amount_cents), numeric: true },
        ]}
      />
    </>
  );
}

function moneyOf(terms: Terms): Fact[] {
  const w = land().deed;
  const facts: Fact[] = [
    [w.price, formatAmount(terms.price_cents)],
    [w.tax, formatAmount(terms.tax_cents)],
  ];
  const fees = terms.fees.reduce((sum, fee) => sum + fee.amount_cents, 0n);
  if (fees > 0n) facts.push([w.fees, formatAmount(fees)]);
  facts.push([w.total, formatAmount(total(terms))], [w.deposit, formatAmount(terms.deposit_cents)]);
  if (hasLoan(terms)) {
    facts.push([w.loan, w.loanLine(formatAmount(terms.loan.amount_cents), personOf(terms.loan.lender))]);
  }
  if (terms.payoffs.length > 0) {
    const told = terms.payoffs.map(({ charge, paid_cents, stays }) =>
      stays ? w.stays(formatNumber(charge)) : w.paidOff(formatNumber(charge), formatAmount(paid_cents)),
    );
    facts.push([w.payoffs, told.join(" ; ")]);
  }
  return facts;
}

function calendarOf(terms: Terms): Fact[] {
  const w = land().deed;
  return [
    [w.depositBy, formatMoment(terms.depositBy)],
    [w.retractUntil, formatMoment(terms.retractUntil)],
    [w.conditions, conditionsText(terms.conditions)],
    ...(terms.conditions > 0n ? ([[w.conditionsBy, formatMoment(terms.conditionsBy)]] as const) : []),
    [w.settleBy, formatMoment(terms.settleBy)],
    [w.document, <span title={terms.documentHash}>{formatHash(terms.documentHash)}</span>],
  ];
}
