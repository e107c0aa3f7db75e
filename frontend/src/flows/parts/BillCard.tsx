import { Figure, Table } from "../../parts/Table";
import { paidIn } from "../../town/currency";
import { formatAmount, formatCents } from "../../words/format";
import { type Bill, shownCents } from "../energy/bills";
import type { Rules } from "../energy/rules";
import { kwhOf } from "../told";
import { energy } from "../words/energy";

/** What is paid or received of so much. */
export function owed(cents: bigint): string {
  const w = energy().month;
  const amount = formatAmount(cents < 0n ? -cents : cents, paidIn("Clearing"));
  return cents < 0n ? w.youGet(amount) : w.youPay(amount);
}

/** One's bill line by line, to the cent that the rules give. */
export function BillCard({ bill, rules }: { bill: Bill; rules: Rules }) {
  const w = energy().month;
  const cents = shownCents(bill);
  const rows = bill.items.map((it, place) => ({ ...it, ...(cents[place] ?? { net_cents: 0n, vat_cents: 0n }) }));
  return (
    <section class="stack">
      <h2>{w.bill}</h2>
      <Figure label={w.total} value={owed(bill.amount_cents)} />
      <Table
        caption={w.bill}
        hideCaption
        columns={[
          { name: w.item, cell: ({ name }) => name },
          { name: w.slot, cell: ({ slot }) => (slot === null ? "" : (rules.slots[slot]?.name ?? "")) },
          { name: w.energy, cell: ({ wh }) => (wh === 0n ? "" : kwhOf(wh)), numeric: true },
          { name: w.net, cell: ({ net_cents }) => formatCents(net_cents), numeric: true },
          { name: w.vat, cell: ({ vat_cents }) => formatCents(vat_cents), numeric: true },
        ]}
        rows={rows}
      />
    </section>
  );
}
