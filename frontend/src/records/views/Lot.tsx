import { ButtonLink } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { QrCode } from "../../parts/QrCode";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Table } from "../../parts/Table";
import type { ViewProps } from "../../route";
import { link } from "../../router";
import "../../style/records.css";
import type { LotEvent } from "../lots/event";
import { behind } from "../lots/labels";
import { type ReadLots, readLots } from "../lots/read";
import { foundIn } from "../lots/spelling";
import { called, dayTold, originTold, placeTold, quantityTold } from "../lots/telling";
import { LotFindings } from "../parts/LotFindings";
import { LotLabels } from "../parts/LotLabels";
import { LotTree, lotLink } from "../parts/LotTree";
import { LotsLimit, LotsTrust } from "../parts/LotsTrust";
import { lots as words } from "../words/lots";

/** What one reads who scans a lot: where it comes from, its labels, what is in it, who has it. */
export default function Lot({ parameters }: ViewProps) {
  const w = words();
  const said = parameters["id"] ?? "";
  const read = useRead(readLots, []);
  const lots = read.value;
  const lot = lots ? foundIn(lots.story, said) : null;
  const isMade = lots && lot !== null && lots.story.saidBy.has(lot);
  return (
    <Page
      title={lots ? called(lots.names, lot ?? said) : w.title}
      lead={isMade ? originTold(lots.story, lots.names, lot) : undefined}
    >
      <Reading read={read}>
        {(it) => (
          <>
            {it && <LotsTrust lots={it} />}
            {it && lot !== null ? <Scan lots={it} lot={lot} /> : <p>{w.missing}</p>}
          </>
        )}
      </Reading>
      <ButtonLink look="secondary" href={link("/lots")}>
        {w.all}
      </ButtonLink>
      <LotsLimit />
    </Page>
  );
}

function Scan({ lots, lot }: { lots: ReadLots; lot: string }) {
  const w = words();
  const { story } = lots;
  const packed = story.packedBy.get(lot);
  const isCrate = packed !== undefined && !story.saidBy.has(lot);
  const inside = new Set([...behind(story, lot)].map((it) => it.lot));
  const findings = story.findings.filter(({ about }) => about.some((name) => inside.has(name)));
  return (
    <>
      <LotFindings lots={lots} findings={findings} />
      {packed && <Packed lots={lots} events={packed} />}
      {!isCrate && (
        <>
          <h2>{w.labels}</h2>
          <LotLabels lots={lots} lot={lot} />
          <h2>{w.tree}</h2>
          <LotTree lots={lots} lot={lot} />
          <h2>{w.now}</h2>
          <Now lots={lots} lot={lot} />
        </>
      )}
      <ButtonLink wide href={`${lotLink(lot)}/recall`}>
        {w.recall}
      </ButtonLink>
      <details>
        <summary>{w.code}</summary>
        <p>{w.codeLead}</p>
        <QrCode text={`${location.href.split("#")[0]}${lotLink(lot)}`} label={w.code} />
      </details>
      <p class="hint nonce">{lot}</p>
    </>
  );
}

/** What was put into a crate, each time. */
function Packed({ lots, events }: { lots: ReadLots; events: readonly LotEvent[] }) {
  const w = words();
  return (
    <>
      <h2>{w.packed}</h2>
      <ul>
        {events.map((event) => (
          <li key={event.ref.leaf}>
            {w.by(w.events[event.kind], called(lots.names, event.holder), dayTold(event))}
            <ul>
              {event.inputs.map(({ name, quantity, unit }) => (
                <li key={name}>
                  {quantityTold(quantity, unit)} <a href={lotLink(name)}>{called(lots.names, name)}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function Now({ lots: { story, names }, lot }: { lots: ReadLots; lot: string }) {
  const w = words();
  const rows = story.ledger.holdings(lot);
  const unit = story.ledger.kindOf(lot);
  if (rows.length === 0) return <p>{w.nowNone}</p>;
  return (
    <Table
      caption={w.now}
      hideCaption
      columns={[
        { name: w.where, cell: ([place]) => placeTold(names, place) },
        { name: w.quantity, cell: ([, quantity]) => quantityTold(quantity, unit), numeric: true },
      ]}
      rows={rows}
    />
  );
}
