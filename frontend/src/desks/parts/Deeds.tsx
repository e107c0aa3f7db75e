import { head } from "../../chain/head";
import { ButtonLink } from "../../parts/Button";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { hasOffice } from "../../post/client";
import { link } from "../../router";
import { nameOf, parcelOf } from "../../land/parcel";
import { landCurrency } from "../../town/currency";
import { formatAmount, formatMoment } from "../../words/format";
import { desk } from "../words/desk";
import { land } from "../../land/words/land";
import { CARRIED, type Lack, isOver, lackOf } from "../carrying";
import { type Pending, drafted, readPending } from "../drafts";

/** What a deed waits for, in words. */
export function lackText(lack: Lack): string {
  const w = desk().signed.lacks;
  if (lack.kind === "signatures") return w.signatures(lack.signed, lack.all);
  return lack.kind === "ripe" ? w.ripe : w.early(formatMoment(lack.from_s - 1));
}

/** The deeds that a notary follows: those that are signed are carried, the others wait; and sales without a deed. */
export function Deeds({ now_s }: { now_s: number }) {
  const w = desk().signed;
  const read = useRead(readPending, [head.value?.number, drafted.value]);
  if (!hasOffice()) return null;
  return (
    <Reading read={read}>
      {({ pending, undrawn }) => (
        <ul class="acts">
          {pending
            .filter(({ deed, sale, version }) => CARRIED[deed.act] && !isOver(deed, sale, version))
            .map((it) => (
              <One key={it.deed.id} pending={it} now_s={now_s} />
            ))}
          {undrawn.map((sale) => (
            <li key={sale.number} class="card stack">
              <h3>{w.drawDeed.name}</h3>
              <p>{about(sale.title, sale.terms.price_cents)}</p>
              <p class="hint">{w.drawDeed.meaning}</p>
              <ButtonLink look="secondary" href={link(`/desk/deed/of/${sale.number}`)}>
                {desk().open}{" "}
                <span class="hidden">{`${w.drawDeed.name} ${about(sale.title, sale.terms.price_cents)}`}</span>
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
    </Reading>
  );
}

const about = (title: bigint, price_cents: bigint): string =>
  `${desk().about.parcel(nameOf(parcelOf(title)))} · ${formatAmount(price_cents, landCurrency())}`;

function One({ pending: { deed, sale }, now_s }: { pending: Pending; now_s: number }) {
  const w = desk().signed;
  const carriage = CARRIED[deed.act];
  const lack = lackOf(deed, sale, now_s);
  const { name, meaning } = carriage ? w[carriage] : { name: land().deed.names[deed.act], meaning: "" };
  return (
    <li class="card stack">
      <h3>{name}</h3>
      <p>{about(deed.terms.title, deed.terms.price_cents)}</p>
      <p class="hint">{lack ? `${w.waiting} ${lackText(lack)}` : meaning}</p>
      <ButtonLink look={lack ? "quiet" : "primary"} href={link(`/desk/deed/${deed.id}`)}>
        {desk().open} <span class="hidden">{`${name} ${about(deed.terms.title, deed.terms.price_cents)}`}</span>
      </ButtonLink>
    </li>
  );
}
