import { csv, download } from "../../csv";
import { Button, ButtonLink } from "../../parts/Button";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Table } from "../../parts/Table";
import type { ViewProps } from "../../route";
import "../../style/records.css";
import { decimalSign } from "../../words/format";
import { type Fraction, toDecimal } from "../lots/fraction";
import { type Place, partsOf } from "../lots/ledger";
import { shortOf } from "../lots/names";
import { type ReadLots, readLots } from "../lots/read";
import { findingsBeside, reachedFrom, recall } from "../lots/recall";
import { foundIn } from "../lots/spelling";
import { called, placeTold, quantityTold } from "../lots/telling";
import { LotFindings } from "../parts/LotFindings";
import { lotLink } from "../parts/LotTree";
import { LotsLimit, LotsTrust } from "../parts/LotsTrust";
import { lots as words } from "../words/lots";

/** A lot and all that was made of it, with who has how much: to be printed, or sent on as a sheet. */
export default function Recall({ parameters }: ViewProps) {
  const w = words();
  const said = parameters["id"] ?? "";
  const read = useRead(readLots, []);
  const lots = read.value;
  const lot = lots ? foundIn(lots.story, said) : null;
  return (
    <Page title={w.recallTitle(lots ? called(lots.names, lot ?? said) : shortOf(said))} lead={w.recallLead} wide>
      <Reading read={read}>
        {(it) => (
          <>
            {it && <LotsTrust lots={it} />}
            {it && lot !== null ? <Reached lots={it} lot={lot} /> : <p>{w.missing}</p>}
          </>
        )}
      </Reading>
      <div class="actions">
        <ButtonLink look="secondary" href={lotLink(lot ?? said)}>
          {w.back}
        </ButtonLink>
      </div>
      <LotsLimit />
    </Page>
  );
}

/** A lot at a place; without one where nothing is left of it. */
interface Row {
  lot: string;
  unit: string;
  at: readonly [Place, Fraction] | null;
}

function Reached({ lots, lot }: { lots: ReadLots; lot: string }) {
  const w = words();
  const reached = recall(lots.story, lot);
  const rows = reached.flatMap(({ lot: name, unit, at }): Row[] =>
    at.length ? at.map((it) => ({ lot: name, unit, at: it })) : [{ lot: name, unit, at: null }],
  );
  return (
    <>
      <p>{w.reached(reached.length)}</p>
      <div class="actions">
        <Button onClick={() => print()}>{w.print}</Button>
        <Button look="secondary" onClick={() => download(w.sheetName(shortOf(lot)), sheet(lots, rows))}>
          {w.sheet}
        </Button>
      </div>
      <Table
        caption={w.recallTitle(called(lots.names, lot))}
        hideCaption
        columns={[
          { name: w.columns.name, cell: (row) => <a href={lotLink(row.lot)}>{called(lots.names, row.lot)}</a> },
          { name: w.where, cell: ({ at }) => (at ? placeTold(lots.names, at[0]) : w.recallNone) },
          { name: w.quantity, cell: ({ at, unit }) => (at ? quantityTold(at[1], unit) : ""), numeric: true },
        ]}
        rows={rows}
      />
      <LotFindings lots={lots} findings={findingsBeside(lots.story, reachedFrom(lots.story, lot))} />
    </>
  );
}

/** Places of a decimal that a sheet takes. */
const PLACES = 15;

function sheet({ names }: ReadLots, rows: readonly Row[]): string {
  const { name, uri, where, holder, quantity, unit } = words().columns;
  return csv(
    [name, uri, where, holder, quantity, unit],
    rows.map((row) => [
      called(names, row.lot),
      row.lot,
      row.at ? placeTold(names, row.at[0]) : words().recallNone,
      row.at ? partsOf(row.at[0]).who : "",
      row.at ? toDecimal(row.at[1], PLACES).text.replace(".", decimalSign()) : "",
      row.unit,
    ]),
  );
}
