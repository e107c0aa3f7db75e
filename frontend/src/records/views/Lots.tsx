import { useState } from "preact/hooks";
import { TextField } from "../../parts/Field";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import "../../style/ballot.css";
import "../../style/records.css";
import type { LotEvent } from "../lots/event";
import { type ReadLots, readLots } from "../lots/read";
import { foundIn } from "../lots/spelling";
import { called, dayTold } from "../lots/telling";
import { LotFindings } from "../parts/LotFindings";
import { lotLink } from "../parts/LotTree";
import { LotsLimit, LotsTrust } from "../parts/LotsTrust";
import { plain } from "../rows";
import { lots as words } from "../words/lots";

/** Rows that a phone draws at once; the others are found by name. */
const MOST = 100;

/** The lots that the site shows, the youngest first, and what does not add up among them. */
export default function Lots() {
  const w = words();
  const read = useRead(readLots, []);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>{(lots) => (lots ? <List lots={lots} /> : <p>{w.none}</p>)}</Reading>
      <LotsLimit />
    </Page>
  );
}

interface Row {
  lot: string;
  name: string;
  maker: string;
  event: LotEvent;
}

function rowsOf({ story, names }: ReadLots): Row[] {
  const rows = [...story.saidBy].flatMap(([lot, [said]]) => {
    const event = story.madeBy.get(lot)?.[0] ?? said;
    return event ? [{ lot, name: called(names, lot), maker: called(names, event.holder), event }] : [];
  });
  return rows.sort((a, b) => b.event.at_ms - a.event.at_ms);
}

function List({ lots }: { lots: ReadLots }) {
  const w = words();
  const [sought, setSought] = useState("");
  const rows = rowsOf(lots);
  const spelled = foundIn(lots.story, sought);
  const found = rows.filter(
    ({ lot, name, maker }) => lot === spelled || plain(`${lot} ${name} ${maker}`).includes(plain(sought.trim())),
  );
  return (
    <>
      <LotsTrust lots={lots} />
      <LotFindings lots={lots} findings={lots.story.findings} />
      <TextField label={w.filter} hint={w.filterHint} value={sought} onValue={setSought} />
      <p class="hint" role="status">
        {w.found(Math.min(found.length, MOST), rows.length)}
      </p>
      {spelled !== null && found.length === 0 && <a href={lotLink(spelled)}>{called(lots.names, spelled)}</a>}
      <ul class="list polls">
        {found.slice(0, MOST).map(({ lot, name, maker, event }) => (
          <li key={lot}>
            <a href={lotLink(lot)}>
              <span class="poll-title">{name}</span>
              <span class="poll-state">
                <span class="hint">{w.by(w.events[event.kind], maker, dayTold(event))}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
