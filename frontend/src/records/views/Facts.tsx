import { head } from "../../chain/head";
import { Address } from "../../parts/Address";
import { Copy } from "../../parts/Copy";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Facts as Particulars, Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { formatHash, formatMoment, formatShortMoment } from "../../words/format";
import { type ShownFact, type ShownFacts, readFacts } from "../chain/facts";
import { type Fact, type FactEvent, type FactState, isSame, stateOf } from "../fact/fact";
import { shownValue } from "../fact/told";
import { FactDesk } from "../parts/FactDesk";
import { facts } from "../words/facts";

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** The town's facts: each value with its age, who signed it and who did not; and what issuers sign. */
export default function Facts() {
  const w = facts();
  const read = useRead(readFacts, [head.value?.number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>{(shown) => <All shown={shown} />}</Reading>
      <p class="hint">{w.limit}</p>
      <FactDesk />
    </Page>
  );
}

function All({ shown: { facts: all, asOf_s } }: { shown: ShownFacts }) {
  const w = facts();
  if (all.length === 0) return <p>{w.none}</p>;
  const now_s = asOf_s ?? head.value?.timestamp_s ?? 0;
  return (
    <>
      {asOf_s === null ? (
        <p class="hint">{w.byNode}</p>
      ) : (
        <Notice tone="warn" live={false}>
          <p>{w.byList(formatMoment(asOf_s))}</p>
        </Notice>
      )}
      {all.map((it) => (
        <One key={it.id} shown={it} now_s={now_s} />
      ))}
    </>
  );
}

function One({ shown: { fact, id, history, isTowns, contracts }, now_s }: { shown: ShownFact; now_s: number }) {
  const w = facts();
  const state = stateOf(fact, history);
  const { stands } = state;
  return (
    <section class="stack">
      <h2>{fact.name}</h2>
      {isTowns === false && (
        <Notice tone="bad" live={false}>
          <p>{w.noTowns}</p>
        </Notice>
      )}
      {!stands && (
        <Notice tone="warn" live={false} title={w.noValue}>
          <p>{w.noValueWhy}</p>
        </Notice>
      )}
      <Particulars
        facts={[
          ...(stands
            ? ([
                [w.value, <strong>{shownValue(fact, stands.value)}</strong>],
                [w.at, formatMoment(stands.at)],
                [w.age, ageOf(Math.max(0, now_s - stands.at))],
              ] as const)
            : []),
          [w.quorum, w.quorumOf(fact.m, fact.issuers.length)],
          ...(fact.uri ? ([[w.method, <span class="nonce">{fact.uri}</span>]] as const) : []),
          [
            w.id,
            <span>
              {formatHash(id)} <Copy text={id} label={w.copyId} />
            </span>,
          ],
        ]}
      />
      <h3>{w.issuers}</h3>
      <ul class="list">
        {fact.issuers.map((issuer) => (
          <li key={issuer}>
            <Address address={issuer} copy /> <span class={badgeOf(issuer, state)}>{wordOf(issuer, state)}</span>
            {has(contracts, issuer) && <span class="hint"> {w.contract}</span>}
          </li>
        ))}
      </ul>
      {history.length > 0 && (
        <details>
          <summary>{w.history}</summary>
          <History fact={fact} history={history} />
        </details>
      )}
    </section>
  );
}

const has = (list: FactState["signers"], issuer: string): boolean => list.some((it) => isSame(it, issuer));

function wordOf(issuer: string, { signers, resigned }: FactState): string {
  const w = facts();
  if (has(resigned, issuer)) return w.resigned;
  return has(signers, issuer) ? w.signed : w.unsigned;
}

const badgeOf = (issuer: string, { signers }: FactState): string =>
  has(signers, issuer) ? "badge good" : "badge plain";

function ageOf(age_s: number): string {
  const w = facts();
  if (age_s >= 2 * DAY_S) return w.days(Math.floor(age_s / DAY_S));
  return age_s >= 2 * HOUR_S ? w.hours(Math.floor(age_s / HOUR_S)) : w.minutes(Math.floor(age_s / MINUTE_S));
}

function History({ fact, history }: { fact: Fact; history: readonly FactEvent[] }) {
  const w = facts();
  const value = (it: FactEvent): string => {
    if (it.what === "Stated") return shownValue(fact, it.value);
    return it.what === "Withdrawn" ? w.withdrawn : w.left;
  };
  return (
    <Table
      caption={w.history}
      hideCaption
      columns={[
        { name: w.number, cell: (it: FactEvent) => (it.what === "Resigned" ? "" : it.number), numeric: true },
        { name: w.value, cell: value },
        { name: w.at, cell: (it) => (it.what === "Stated" ? formatShortMoment(it.at) : "") },
        { name: w.said, cell: ({ told }) => formatShortMoment(told) },
        {
          name: w.by,
          cell: ({ signers }) => signers.map((it) => <Address key={it} address={it} />),
        },
        { name: w.source, cell: (it) => (it.what === "Resigned" ? "" : formatHash(it.source)) },
      ]}
      rows={[...history].reverse()}
    />
  );
}
