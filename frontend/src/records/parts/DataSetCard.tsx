import { Notice } from "../../parts/Notice";
import { Facts, Table } from "../../parts/Table";
import { formatNumber } from "../../words/format";
import type { Listed } from "../data/catalogue";
import { type History, type HistoryProblem, refKey } from "../data/history";
import type { ReadData } from "../data/read";
import { type Version, placeOf } from "../data/version";
import { data } from "../words/data";

/** A data set: what the catalogue says of it, and its versions as their papers do. */
export function DataSetCard({ listed, found }: { listed: Listed | string; found: ReadData }) {
  const w = data().catalogue;
  const identifier = typeof listed === "string" ? listed : listed.identifier;
  const own = found.histories.filter((it) => it.identifier === identifier);
  return (
    <article class="card stack">
      <h3>{typeof listed === "string" ? (own[0]?.head?.title ?? listed) : listed.title}</h3>
      {typeof listed === "string" && <p class="badge late">{w.unlisted}</p>}
      {own.length === 0 && <p class="badge plain">{w.sealless}</p>}
      {typeof listed !== "string" && (
        <>
          <p>{listed.description}</p>
          <Facts
            facts={[
              [w.publisher, listed.publisher],
              [w.theme, listed.theme],
              ...(listed.page ? [[w.page, <a href={listed.page}>{listed.page}</a>] as const] : []),
            ]}
          />
        </>
      )}
      {own.map((history) => (
        <Versions key={`${history.schema}${history.issuer}`} history={history} />
      ))}
    </article>
  );
}

const fileName = (it: Version): string => placeOf(it).split("/").at(-1) ?? "";

function Versions({ history }: { history: History }) {
  const w = data();
  const { problems, versions, head, takenBack, identifier } = history;
  return (
    <>
      {problems.length > 0 && (
        <Notice tone="bad" live={false} title={w.catalogue.problems}>
          <ul>
            {problems.map((it) => (
              <li key={JSON.stringify(it)}>{(w.told.history[it.kind] as (it: HistoryProblem) => string)(it)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Table<Version>
        caption={`${identifier} : ${w.catalogue.versions}`}
        columns={[
          { name: w.catalogue.version, cell: ({ name }) => name },
          {
            name: w.catalogue.state,
            cell: (it) =>
              takenBack.has(refKey(it.ref)) ? (
                <span class="badge late">{w.catalogue.back}</span>
              ) : it === head ? (
                <span class="badge good">{w.catalogue.latest}</span>
              ) : (
                <span class="badge plain">{w.catalogue.older}</span>
              ),
          },
          {
            name: w.catalogue.rows,
            numeric: true,
            cell: ({ rows }) => (rows ? formatNumber(rows.count - 1) : "–"),
          },
          { name: w.catalogue.size, numeric: true, cell: ({ size_bytes }) => formatNumber(size_bytes) },
          {
            name: w.catalogue.file,
            cell: (it) => (
              <a href={`town/${placeOf(it)}`} download aria-label={w.catalogue.save(fileName(it))}>
                {fileName(it)}
              </a>
            ),
          },
        ]}
        rows={versions.toReversed()}
      />
    </>
  );
}
