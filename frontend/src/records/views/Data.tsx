import { nameOf } from "../../parts/Address";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Table } from "../../parts/Table";
import "../../style/records.css";
import { formatMoment, formatNumber } from "../../words/format";
import type { CatalogueProblem } from "../data/catalogue";
import { type ReadData, readData } from "../data/read";
import { DataCheck } from "../parts/DataCheck";
import { DataSetCard } from "../parts/DataSetCard";
import { faultTold } from "../told";
import { data } from "../words/data";

/** The town's open data: the catalogue with each file's proof, and a file of one's own, checked. */
export default function Data() {
  const w = data();
  const read = useRead(readData, []);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>{(found) => (found ? <Published found={found} /> : <p>{w.none}</p>)}</Reading>
      <p class="hint">{w.limit}</p>
    </Page>
  );
}

function Published({ found }: { found: ReadData }) {
  const w = data();
  const { catalogue, histories, asOf_s } = found;
  const unlisted = histories.filter(({ identifier }) => !catalogue.some((it) => it.identifier === identifier));
  return (
    <>
      <DataCheck data={found} />
      <section class="stack">
        <h2>{w.catalogue.title}</h2>
        {asOf_s === null ? (
          <p class="hint">{w.catalogue.byNode}</p>
        ) : (
          <Notice tone="warn" live={false}>
            <p>{w.catalogue.byList(formatMoment(asOf_s))}</p>
          </Notice>
        )}
        <p class="hint">{w.catalogue.word}</p>
        <Problems found={found} />
        <ul class="acts">
          {catalogue.map((listed) => (
            <li key={listed.identifier}>
              <DataSetCard listed={listed} found={found} />
            </li>
          ))}
          {unlisted.map(({ identifier, issuer }) => (
            <li key={`${identifier}${issuer}`}>
              <DataSetCard listed={identifier} found={found} />
            </li>
          ))}
        </ul>
      </section>
      <Days days={found.days} />
    </>
  );
}

function Problems({ found }: { found: ReadData }) {
  const w = data();
  const told = [
    ...found.unreadable.map(({ path, fault }) => w.catalogue.unreadable(path, faultTold(fault))),
    ...found.unsealed.map(w.catalogue.unsealed),
    ...found.unshown.map(({ count, issuer }) => w.catalogue.unshown(count, nameOf(issuer))),
    ...found.problems.map((it) => (w.told.catalogue[it.kind] as (it: CatalogueProblem) => string)(it)),
  ];
  if (told.length === 0) return null;
  return (
    <Notice tone="bad" live={false} title={w.catalogue.problems}>
      <ul>
        {told.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Days({ days }: { days: ReadData["days"] }) {
  const w = data().days;
  if (days.length === 0) return null;
  const said = ({ paper }: ReadData["days"][number], name: string): string => paper.values.get(name) ?? "";
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p class="hint">{w.lead}</p>
      <Table
        caption={w.title}
        hideCaption
        columns={[
          { name: w.group, cell: (it) => said(it, "sensors") },
          {
            name: w.day,
            cell: (it) => (
              <>
                {said(it, "day")} {it.isBack && <span class="badge late">{w.back}</span>}{" "}
                {it.isTowns === false && <span class="badge late">{data().check.noTowns}</span>}{" "}
                {it.isRepeated && <span class="badge late">{w.repeated}</span>}
              </>
            ),
          },
          {
            name: w.sum,
            numeric: true,
            cell: (it) => (said(it, "sum") ? `${said(it, "sum")} ${said(it, "unit")}` : w.unsaid),
          },
          { name: w.people, numeric: true, cell: (it) => said(it, "people") },
          {
            name: w.readings,
            numeric: true,
            cell: (it) =>
              w.readingsOf(formatNumber(Number(said(it, "readings"))), formatNumber(Number(said(it, "expected")))),
          },
        ]}
        rows={days}
      />
    </section>
  );
}
