import { head } from "../../chain/head";
import { Address } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Facts, Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { formatAmount, formatDay, formatHash, formatMoment, formatNumber } from "../../words/format";
import { land } from "../words/land";
import { isParcelId, nameOf, parcelOf, tokenOf } from "../parcel";
import { readGround } from "../parcels";
import { History } from "../parts/History";
import { Rights } from "../parts/Shares";
import { type Title, readTitle } from "../register";
import { isOpen, readSales } from "../sales";

const DAY_S = 86_400;
const GRANTED = 2;
const FILED = 1;

/** A parcel: its title, what lies on it, what happened to it. Prints as it stands. */
export default function Parcel({ parameters }: ViewProps) {
  const id = parameters["id"] ?? "";
  const w = land().parcel;
  if (!isParcelId(id)) return <Page title={w.title(id)} lead={w.notParcel} />;
  return <Known id={id} />;
}

function Known({ id }: { id: string }) {
  const w = land().parcel;
  const token = tokenOf(id);
  const now_s = head.value?.timestamp_s ?? 0;
  const title = useRead(() => readTitle(token, now_s), [id, head.value?.number]);
  return (
    <Page title={w.title(nameOf(id))}>
      <Outline id={id} />
      <Reading read={title}>
        {(found) =>
          found === null ? (
            <Notice live={false}>
              <p>{w.noTitle}</p>
            </Notice>
          ) : (
            <Sheet id={id} title={found} now_s={now_s} />
          )
        }
      </Reading>
      <div class="actions">
        <ButtonLink look="secondary" href={link("/land", { parcel: id })}>
          {w.onMap}
        </ButtonLink>
        <Button look="quiet" onClick={() => print()}>
          {w.print}
        </Button>
      </div>
      <p class="hint">{land().map.mirror}</p>
      {head.value && (
        <p class="hint">{w.printed(formatMoment(head.value.timestamp_s), formatNumber(head.value.number))}</p>
      )}
    </Page>
  );
}

/** The parcel's shape, alone; for the eye. */
function Outline({ id }: { id: string }) {
  const ground = useRead(readGround, []);
  const plot = ground.value?.plots.find((it) => it.id === id);
  if (!plot) return null;
  const size = plot.radius * 2.2;
  return (
    <svg
      class="outline"
      viewBox={`${plot.x - size / 2} ${plot.y - size / 2} ${size} ${size}`}
      width="220"
      aria-hidden="true"
    >
      <path class="plot free" d={plot.path} />
    </svg>
  );
}

function Sheet({ id, title, now_s }: { id: string; title: Title; now_s: number }) {
  const w = land();
  const zones =
    title.zones.length > 0 ? ` (${title.zones.map((zone) => w.parcel.zones(String(zone))).join(", ")})` : "";
  return (
    <>
      <section class="card">
        <Facts
          facts={[
            [
              w.parcel.state,
              <span class={title.state === "free" ? "badge good" : "badge"}>{w.states[title.state]}</span>,
            ],
            [w.parcel.area, w.parcel.squareMetres(formatNumber(title.area_m2))],
            [w.parcel.zone, (title.isPreemptible ? w.parcel.preemptible : w.parcel.notPreemptible) + zones],
            ...(title.value_cents > 0n ? ([[w.parcel.value, formatAmount(title.value_cents)]] as const) : []),
            [w.parcel.id, id],
          ]}
        />
        <OpenSale token={title.token} />
      </section>
      <section>
        <h2>{w.rights.title}</h2>
        {title.rights.length > 0 && <Rights rights={title.rights} whole={title.whole} />}
      </section>
      <Charges title={title} />
      <Burdens title={title} />
      <Permits title={title} now_s={now_s} />
      <History token={title.token} />
    </>
  );
}

function OpenSale({ token }: { token: bigint }) {
  const sales = useRead(() => readSales(token), [token, head.value?.number]);
  const open = sales.value?.find(isOpen);
  if (!open) return null;
  return <ButtonLink href={link(`/land/sale/${open.number}`)}>{land().sale.title(nameOf(parcelOf(token)))}</ButtonLink>;
}

function Charges({ title }: { title: Title }) {
  const w = land().charges;
  return (
    <section>
      <h2>{w.title}</h2>
      {title.charges.length === 0 ? (
        <p>{w.none}</p>
      ) : (
        <Table
          caption={w.title}
          hideCaption
          rows={title.charges.map((charge, place) => ({ ...charge, rank: place + 1 }))}
          columns={[
            { name: w.rank, cell: ({ rank }) => w.ranked(rank) },
            { name: w.creditor, cell: ({ creditor }) => <Address address={creditor} /> },
            { name: w.amount, cell: ({ amount_cents }) => formatAmount(amount_cents), numeric: true },
            { name: w.due, cell: ({ dueDay }) => formatDay(dueDay * DAY_S) },
          ]}
        />
      )}
    </section>
  );
}

function Burdens({ title }: { title: Title }) {
  const w = land().burdens;
  return (
    <section>
      <h2>{w.title}</h2>
      {title.burdens.length === 0 ? (
        <p>{w.none}</p>
      ) : (
        <Table
          caption={w.title}
          hideCaption
          rows={title.burdens}
          columns={[
            {
              name: w.kind,
              cell: ({ kind, dominant }) =>
                `${w.kinds[kind]}${dominant > 0n ? ` ${w.serves(nameOf(parcelOf(dominant)))}` : ""}`,
            },
            { name: w.until, cell: ({ until }) => (until === 0n ? w.forever : formatDay(until)) },
            {
              name: w.document,
              cell: ({ documentHash }) => <span title={documentHash}>{formatHash(documentHash)}</span>,
            },
          ]}
        />
      )}
    </section>
  );
}

function Permits({ title, now_s }: { title: Title; now_s: number }) {
  const w = land().permits;
  if (title.permits.length === 0) return null;
  const decision = ({ status, isPermitted, decideBy_s }: Title["permits"][number]): string => {
    if (status === FILED && isPermitted) return w.tacit;
    if (status === FILED && decideBy_s >= now_s) return `${w.statuses[status]} · ${w.until} ${formatDay(decideBy_s)}`;
    return status === GRANTED && !isPermitted ? `${w.statuses[status]}, ${w.over}` : (w.statuses[status] ?? "");
  };
  return (
    <section>
      <h2>{w.title}</h2>
      <Table
        caption={w.title}
        hideCaption
        rows={title.permits}
        columns={[
          { name: w.number, cell: ({ number }) => formatNumber(number) },
          { name: w.kind, cell: ({ kind }) => String(kind) },
          { name: w.status, cell: decision },
        ]}
      />
    </section>
  );
}
