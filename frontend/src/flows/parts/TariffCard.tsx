import { Table } from "../../parts/Table";
import { formatMonth, formatPrice, formatWeekday } from "../../words/format";
import type { Rules } from "../energy/rules";
import { energy } from "../words/energy";

const WHOLE_BP = 10_000;
/** Of a cent, in 10⁻¹⁰ € a hundredth of a percent. */
const CENT = 10_000n;

/** What a shared kWh costs in each slot of the tariff, and each meter a period, before they apply. */
export function TariffCard({ rules: { elements, fees, slots } }: { rules: Rules }) {
  const w = energy().tariff;
  const price = (slot: number): bigint =>
    elements.reduce((sum, { rates, vat_bp }) => sum + BigInt(rates[slot] ?? 0) * BigInt(WHOLE_BP + vat_bp), 0n);
  return (
    <section class="stack" data-testid="tariff">
      <h2>{w.title}</h2>
      <p class="hint">{w.lead}</p>
      <Table
        caption={w.title}
        hideCaption
        columns={[
          { name: energy().month.slot, cell: ({ name }) => name },
          { name: w.when, cell: whenOf },
          { name: w.price, cell: ({ place }) => formatPrice(price(place)), numeric: true },
        ]}
        rows={slots.map((slot, place) => ({ ...slot, place }))}
      />
      {slots.length > 1 && <p class="hint">{w.first}</p>}
      {fees.length > 0 && (
        <Table
          caption={w.fees}
          columns={[
            { name: w.fee, cell: ({ name }) => name },
            { name: w.of, cell: ({ by }) => w.by[by] },
            {
              name: w.amount,
              cell: ({ cents, vat_bp }) => formatPrice(BigInt(cents) * CENT * BigInt(WHOLE_BP + vat_bp)),
              numeric: true,
            },
          ]}
          rows={fees}
        />
      )}
    </section>
  );
}

const [YEAR, WEEK] = [12, 7];

function whenOf({ days, hours, months }: Rules["slots"][number]): string {
  return [
    hours.map((it) => it.map(clockOf).join("–")).join(", "),
    ...(days.length < WEEK ? [runsOf(days, formatWeekday)] : []),
    ...(months.length < YEAR ? [runsOf(months, formatMonth)] : []),
  ].join(" ; ");
}

/** "lun.–ven., dim." */
function runsOf(rising: readonly number[], name: (it: number) => string): string {
  const runs: [first: number, last: number][] = [];
  for (const it of rising) {
    const run = runs.at(-1);
    if (run && run[1] === it - 1) run[1] = it;
    else runs.push([it, it]);
  }
  return runs.map(([first, last]) => (first === last ? name(first) : `${name(first)}–${name(last)}`)).join(", ");
}

const HOUR_MINUTES = 60;
const clockOf = (minute: number): string =>
  `${Math.floor(minute / HOUR_MINUTES)}:${String(minute % HOUR_MINUTES).padStart(2, "0")}`;
