import { Figure, Table } from "../../parts/Table";
import { paidIn } from "../../town/currency";
import { formatAmount, formatCents, formatEuros } from "../../words/format";
import { shownCents } from "../energy/bills";
import type { OwnMonth } from "../energy/own";
import type { Rules } from "../energy/rules";
import { kwhOf } from "../told";
import { energy } from "../words/energy";

/** One's bill line by line, to the cent that will be charged. */
export function BillCard({ month: { bill, rules } }: { month: OwnMonth }) {
  const w = energy().month;
  const cents = shownCents(bill);
  const amount = formatAmount(bill.amount_cents < 0n ? -bill.amount_cents : bill.amount_cents, paidIn("Clearing"));
  const rows = bill.items.map((it, place) => ({ ...it, ...(cents[place] ?? { net_cents: 0n, vat_cents: 0n }) }));
  return (
    <section class="stack">
      <h2>{w.bill}</h2>
      <Figure label={w.total} value={bill.amount_cents < 0n ? w.youGet(amount) : w.youPay(amount)} />
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

const WHOLE_BP = 10_000;
const MILLIONTHS_PER_CENT = 10_000;

/** What a shared kWh costs in each slot of the tariff, before it applies. */
export function TariffCard({ rules: { elements, slots } }: { rules: Rules }) {
  const w = energy().month;
  const price = (slot: number): bigint => {
    const parts = elements.map(({ rates, vat_bp }) => ((rates[slot] ?? 0) * (WHOLE_BP + vat_bp)) / WHOLE_BP);
    return BigInt(Math.round(parts.reduce((sum, it) => sum + it, 0) / MILLIONTHS_PER_CENT));
  };
  return (
    <section class="stack">
      <h2>{w.tariff}</h2>
      <p class="hint">{w.tariffLead}</p>
      <Table
        caption={w.tariff}
        hideCaption
        columns={[
          { name: w.slot, cell: ({ name }) => name },
          { name: w.hour, cell: ({ hours }) => hours.map((it) => it.map(clockOf).join("–")).join(", ") },
          { name: w.price, cell: ({ place }) => formatEuros(price(place)), numeric: true },
        ]}
        rows={slots.map((slot, place) => ({ ...slot, place }))}
      />
    </section>
  );
}

const HOUR_MINUTES = 60;
const clockOf = (minute: number): string =>
  `${Math.floor(minute / HOUR_MINUTES)}:${String(minute % HOUR_MINUTES).padStart(2, "0")}`;
