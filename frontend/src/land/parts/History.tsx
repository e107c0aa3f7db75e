import { head } from "../../chain/head";
import { nameOf as personOf } from "../../parts/Address";
import { Reading } from "../../parts/Reading";
import { Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { formatAmount, formatDay, formatNumber } from "../../words/format";
import { land } from "../words/land";
import type { Entry } from "../history";
import { nameOf, parcelOf } from "../parcel";
import { readHistory } from "../register";
import type { Terms } from "../terms";

type Words = ReturnType<typeof land>;

/** What an entry says besides its name, from its own arguments. */
function detailOf({ name, args }: Entry, w: Words): string {
  const amount = args["amount_cents"] ?? args["value_cents"];
  switch (name) {
    case "Registered":
      return w.parcel.squareMetres(formatNumber(args["area_m2"] as number));
    case "Enacted":
      return w.history.acts[args["act"] as number] ?? "";
    case "Burdened":
      return w.burdens.kinds[args["kind"] as number] ?? "";
    case "AreaCorrected":
      return `${formatNumber(args["before_m2"] as number)} → ${w.parcel.squareMetres(formatNumber(args["after_m2"] as number))}`;
    case "Divided":
      return (args["children"] as readonly bigint[]).map((child) => nameOf(parcelOf(child))).join(", ");
    case "Merged":
      return (args["parents"] as readonly bigint[]).map((parent) => nameOf(parcelOf(parent))).join(", ");
    case "Frozen":
      return args["frozenStatus"] ? w.history.frozen : w.history.unfrozen;
    case "ForcedTransfer":
      return personOf(args["to"] as `0x${string}`);
    case "SaleOpened":
      return formatAmount((args["terms"] as Terms).price_cents);
    case "SaleCancelled":
      return w.history.causes[args["cause"] as number] ?? "";
    case "Declared":
      return formatAmount(args["price_cents"] as bigint);
    case "TaxPaid":
      return `${args["year"]}, ${formatAmount(args["amount_cents"] as bigint)}`;
    default:
      return amount === undefined ? "" : formatAmount(BigInt(amount as number | bigint));
  }
}

/** What happened to a title, the latest first. */
export function History({ token }: { token: bigint }) {
  const w = land();
  const read = useRead(() => readHistory(token), [token, head.value?.number]);
  return (
    <section>
      <h2>{w.history.title}</h2>
      <Reading read={read}>
        {(told) => (
          <Table
            caption={w.history.title}
            hideCaption
            rows={told}
            columns={[
              { name: w.history.when, cell: ({ time_s }) => formatDay(time_s) },
              {
                name: w.history.what,
                cell: (entry) => {
                  const detail = detailOf(entry, w);
                  const name = w.history.events[entry.name as keyof typeof w.history.events] ?? entry.name;
                  return detail ? w.history.told(name, detail) : name;
                },
              },
              { name: w.history.block, cell: ({ block }) => formatNumber(block), numeric: true },
            ]}
          />
        )}
      </Reading>
    </section>
  );
}
