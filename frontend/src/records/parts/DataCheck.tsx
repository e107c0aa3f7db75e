import { useRef, useState } from "preact/hooks";
import { nameOf } from "../../parts/Address";
import { Notice } from "../../parts/Notice";
import { Facts } from "../../parts/Table";
import { formatMoment, formatNumber, formatShare } from "../../words/format";
import type { HistoryProblem } from "../data/history";
import type { ReadData } from "../data/read";
import { type DataVerdict, type FoundVersion, type Likeness, verdictOf } from "../data/verdict";
import { PaperError } from "../paper/faults";
import { refusalTold } from "../told";
import { data } from "../words/data";
import { DropZone } from "./DropZone";
import { Row, RowFinder } from "./DataRow";

type State =
  | { at: "waiting" }
  | { at: "reading"; share: number }
  | { at: "told"; verdict: DataVerdict }
  | { at: "failed"; why: string };

/** A file of one's own: which version it is, or that it is none. */
export function DataCheck({ data: published }: { data: ReadData }) {
  const w = data().check;
  const [state, setState] = useState<State>({ at: "waiting" });
  const latest = useRef(0);
  const check = async (file: File): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    const set = (to: State): void => {
      if (mine === latest.current) setState(to);
    };
    set({ at: "reading", share: 0 });
    try {
      set({ at: "told", verdict: await verdictOf(file, published, (share) => set({ at: "reading", share })) });
    } catch (error) {
      set({ at: "failed", why: error instanceof PaperError ? refusalTold(error) : w.unreadable });
    }
  };
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p class="hint">{w.lead}</p>
      <DropZone label={w.label} hint={w.drop} accept="" onFile={(file) => void check(file)} />
      {state.at === "reading" && <p role="status">{w.busy(formatShare(state.share))}</p>}
      {state.at === "failed" && (
        <Notice tone="bad">
          <p>{state.why}</p>
        </Notice>
      )}
      {state.at === "told" && <Told verdict={state.verdict} published={published} />}
    </section>
  );
}

function Told({ verdict, published }: { verdict: DataVerdict; published: ReadData }) {
  const w = data();
  switch (verdict.kind) {
    case "version":
      return (
        <div class="stack" data-testid="data-verdict">
          <Version found={verdict.found} />
          {verdict.found.version.rows && (
            <RowFinder key={verdict.file.name} file={verdict.file} found={verdict.found} />
          )}
        </div>
      );
    case "row":
      return (
        <div class="stack" data-testid="data-verdict">
          {verdict.found ? (
            <>
              <Version found={verdict.found} />
              <p>{w.row.good(verdict.shown.row.place, verdict.found.version.name, verdict.found.version.title)}</p>
            </>
          ) : (
            <Notice tone="bad" title={w.row.unknown} />
          )}
          <Row header={verdict.shown.header.text} row={verdict.shown.row.text} />
        </div>
      );
    case "reading":
      return <Reading verdict={verdict} />;
    case "none": {
      const count = published.histories.reduce((sum, { versions }) => sum + versions.length, 0);
      return (
        <div class="stack" data-testid="data-verdict">
          <Notice tone="bad" title={w.check.none(count)}>
            {verdict.like.map((it) => (
              <p key={it.version.ref.leaf}>{(w.told.like[it.kind] as (it: Likeness) => string)(it)}</p>
            ))}
          </Notice>
          <Facts facts={[[w.check.hash, <code>{verdict.print.sha256.slice(2)}</code>]]} />
        </div>
      );
    }
  }
}

function Version({ found: { history, version, sealed, isBack, isLaterHidden } }: { found: FoundVersion }) {
  const w = data();
  const isHead = history.head === version;
  const isLatest = isHead && !isLaterHidden;
  const problems = [
    ...history.problems.map((it) => (w.told.history[it.kind] as (it: HistoryProblem) => string)(it)),
    ...(isBack ? [w.check.back] : []),
    ...(sealed.isTowns === false ? [w.check.noTowns] : []),
  ];
  const latest = isLatest
    ? w.check.latest
    : history.head && !isHead
      ? w.check.older(history.head.name)
      : w.check.doubtful;
  return (
    <>
      <Notice
        tone={problems.length ? "bad" : isLatest ? "good" : "warn"}
        title={w.check.version(version.name, version.title)}
      >
        {problems.map((it) => (
          <p key={it}>{it}</p>
        ))}
        <p>{latest}</p>
      </Notice>
      <Facts
        facts={[
          [w.check.issuer, nameOf(version.ref.issuer)],
          [w.check.issued, sealed.issuedAt_s === null ? w.check.asListed : formatMoment(sealed.issuedAt_s)],
          [w.check.paper, w.check.paperOf(version.ref.number, version.ref.schema)],
          [w.check.size, w.check.bytes(formatNumber(version.size_bytes))],
          [w.check.hash, <code>{version.sha256.slice(2)}</code>],
        ]}
      />
      <p class="hint">{w.limit}</p>
    </>
  );
}

function Reading({ verdict: { shown, sealed, isBack } }: { verdict: Extract<DataVerdict, { kind: "reading" }> }) {
  const w = data();
  const said = (name: string): string => shown.paper.paper.values.get(name) ?? "";
  const { value, sensor, at } = shown.reading;
  const isGood = sealed !== null && sealed.isTowns !== false && !isBack;
  return (
    <div class="stack" data-testid="data-verdict">
      <Notice tone={isGood ? "good" : "bad"} title={isGood ? w.reading.good : w.row.unknown} />
      <Facts
        facts={[
          [w.reading.value, `${value} ${said("unit")} (${said("quantity")})`],
          [w.reading.when, formatMoment(at)],
          [w.reading.sensor, <code>{sensor}</code>],
          [w.reading.group, said("sensors")],
        ]}
      />
      <p class="hint">{w.limit}</p>
    </div>
  );
}
