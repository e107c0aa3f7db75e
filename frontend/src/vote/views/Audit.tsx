import { useEffect, useRef, useState } from "preact/hooks";
import type { Check, Outcome } from "../ballot/verdict";
import type { Audited } from "../booth/auditing";
import { Booth, BoothError } from "../booth/booth";
import { rollText } from "../booth/place";
import { type Poll, readPoll } from "../booth/polls";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { ProblemText } from "../../parts/Problem";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { type Column, Table } from "../../parts/Table";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/ballot.css";
import { ballot } from "../words/ballot";
import { formatNumber } from "../../words/format";
import { Grounds } from "../parts/Grounds";
import { titleOf } from "../parts/names";
import { Counts } from "../parts/Result";
import { SecondNode } from "../parts/SecondNode";

type State =
  | { at: "idle" }
  | { at: "running"; records: number | null }
  | { at: "stopped" }
  | { at: "failed"; problem: Problem }
  | {
      at: "done";
      found: Audited;
      hasRoll: boolean;
      seconds: number;
    };

/** The audit: a booth of its own, so that it can be stopped midway. */
export default function Audit({ parameters }: ViewProps) {
  const number = Number(parameters["id"]);
  const w = ballot().audit;
  const read = useRead(() => readPoll(number), [number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>{(poll) => (poll ? <Auditing poll={poll} /> : <p>{ballot().missing}</p>)}</Reading>
    </Page>
  );
}

function Auditing({ poll }: { poll: Poll }) {
  const w = ballot().audit;
  const [state, setState] = useState<State>({ at: "idle" });
  const running = useRef<Booth | null>(null);
  useEffect(() => () => running.current?.close(), []);
  const start = async (): Promise<void> => {
    const booth = new Booth();
    running.current = booth;
    setState({ at: "running", records: null });
    const started = performance.now();
    try {
      const roll = await rollText(poll.rollRoot);
      const ask = { consultation: poll.number, asked: poll.asked, roll };
      const found = await booth.ask("audit", ask, (records) => setState({ at: "running", records }));
      setState({ at: "done", found, hasRoll: roll !== null, seconds: (performance.now() - started) / 1000 });
    } catch (error) {
      const isStopped = error instanceof BoothError && error.code === "closed";
      setState(isStopped ? { at: "stopped" } : { at: "failed", problem: await problemOf(error) });
    } finally {
      booth.close();
    }
  };
  return (
    <>
      <p>
        <a href={link(`/vote/${poll.number}`)}>{titleOf(poll)}</a>
      </p>
      {state.at === "running" ? (
        <Running poll={poll} records={state.records} stop={() => running.current?.close()} />
      ) : (
        <Button wide onClick={() => void start()}>
          {state.at === "idle" ? w.start : w.again}
        </Button>
      )}
      {state.at === "stopped" && <Notice tone="warn" title={w.stopped} />}
      {state.at === "failed" && (
        <Notice tone="bad" title={w.failed}>
          <p>
            <ProblemText problem={state.problem} />
          </p>
        </Notice>
      )}
      {state.at === "done" && <Found poll={poll} {...state} />}
      <p class="hint">{w.trust}</p>
    </>
  );
}

function Running({ poll, records, stop }: { poll: Poll; records: number | null; stop: () => void }) {
  const w = ballot().audit;
  const all = Math.max(poll.ballots, records ?? 0);
  return (
    <div class="stack">
      {records === null ? (
        <Loading what={w.reading} />
      ) : (
        <label class="stack">
          <span role="status">{w.running(formatNumber(records), formatNumber(all))}</span>
          <progress max={all || 1} value={records} />
        </label>
      )}
      <Button look="secondary" onClick={stop}>
        {w.stop}
      </Button>
    </div>
  );
}

const TONES = {
  confirmed: "good",
  strangers: "warn",
  vouched: "warn",
  refuted: "bad",
  unfinished: "info",
  withheld: "warn",
} as const;
const SUMMED = new Set<Outcome>(["confirmed", "strangers", "vouched"]);

interface FoundProps {
  poll: Poll;
  found: Audited;
  hasRoll: boolean;
  seconds: number;
}

function Found({ poll, found: { verdict, phrase, grounds }, hasRoll, seconds }: FoundProps) {
  const w = ballot().audit;
  const n = formatNumber;
  const columns: Column<Check>[] = [
    { name: w.check, cell: ({ name }) => w.questions[name] },
    { name: w.answer, cell: ({ passed }) => <Mark passed={passed} /> },
    { name: w.detail, cell: ({ count, passed }) => (passed === null ? "–" : n(count)), numeric: true },
  ];
  return (
    <>
      <Notice tone={TONES[verdict.outcome]} title={w.outcome[verdict.outcome]}>
        <p>{w.counted(n(verdict.ballots), n(verdict.rollSize))}</p>
        <p>{w.origin(n(verdict.signed), n(verdict.vouched), n(verdict.unsignedShares))}</p>
        {verdict.vouchedTrustees.length > 0 && <p>{w.vouchedTrustees(verdict.vouchedTrustees.map(n).join(", "))}</p>}
        <p>{w.replaced(n(verdict.replaced), n(verdict.refused))}</p>
        {phrase && (
          <p>
            {w.compare} <strong>{phrase}</strong>
          </p>
        )}
        <p class="hint">{w.took(n(Math.round(seconds * 10) / 10))}</p>
      </Notice>
      {phrase && <SecondNode poll={poll} phrase={phrase} />}
      {!hasRoll && <Notice tone="warn" title={w.rollMissing} />}
      {verdict.anomalies.length > 0 && (
        <section>
          <h2>{w.anomalies}</h2>
          <ul>
            {verdict.anomalies.map((anomaly) => (
              <li key={anomaly}>{anomaly}</li>
            ))}
          </ul>
        </section>
      )}
      {SUMMED.has(verdict.outcome) && poll.subject && (
        <section class="card">
          <h2>{ballot().result.title}</h2>
          <Counts subject={poll.subject} counts={verdict.counts} ballots={verdict.ballots} />
        </section>
      )}
      <Table caption={w.checks} columns={columns} rows={verdict.checks} />
      {grounds && <Grounds poll={poll} stood={grounds} />}
    </>
  );
}

function Mark({ passed }: { passed: boolean | null }) {
  const w = ballot().audit;
  if (passed === null) return <span class="hint">{w.notYet}</span>;
  return passed ? <span class="badge good">✓ {w.passed}</span> : <span class="badge bad">✗ {w.failedCheck}</span>;
}
