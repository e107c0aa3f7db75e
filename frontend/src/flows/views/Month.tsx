import { useEffect, useRef, useState } from "preact/hooks";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import type { ViewProps } from "../../route";
import { formatMoment } from "../../words/format";
import type { Operation } from "../chain/clearing";
import { toldOwn } from "../chain/meters";
import { labour } from "../energy/labour";
import { OWN_CHECKS, type OwnMonth } from "../energy/own";
import { BillCard, owed } from "../parts/BillCard";
import { CheckList } from "../parts/CheckList";
import { ChosenFile } from "../parts/ChosenFile";
import { ContestForm } from "../parts/ContestForm";
import { Curve } from "../parts/Curve";
import { InOperation, Where } from "../parts/InOperation";
import { InTurn } from "../parts/InTurn";
import { TariffCard } from "../parts/TariffCard";
import { faultTold, untold } from "../told";
import { checks } from "../words/checks";
import { energy } from "../words/energy";

type State =
  | { at: "waiting" }
  | { at: "checking" }
  | { at: "told"; month: OwnMonth; period: number }
  | { at: "failed"; why: string };

/** One's own month, read and checked in the browser; nothing of it is sent. */
export default function Month({ parameters: { op = "" } }: ViewProps) {
  const w = energy().month;
  return (
    <Page title={w.title} lead={w.lead}>
      <InOperation op={op} here="month">
        {(operation) => (
          <>
            <Where operation={operation} />
            <Own operation={operation} />
          </>
        )}
      </InOperation>
    </Page>
  );
}

function Own({ operation }: { operation: Operation }) {
  const w = energy().month;
  const [mine, setMine] = useState<File | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [state, setState] = useState<State>({ at: "waiting" });
  const latest = useRef(0);
  const check = async (own: File | null, published: File | null): Promise<void> => {
    latest.current += 1;
    const round = latest.current;
    if (!own || !published) return;
    setState({ at: "checking" });
    const found = await look(operation, own, published);
    if (round === latest.current) setState(found);
  };
  // What is stated anew was not checked yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: files are checked when they are chosen
  useEffect(() => void check(mine, file), [operation.statementHash]);
  return (
    <>
      <ChosenFile
        label={w.mine}
        hint={w.mineDrop}
        file={mine}
        onFile={(it) => {
          setMine(it);
          void check(it, file);
        }}
      />
      <ChosenFile
        label={w.public}
        hint={w.publicDrop}
        file={file}
        onFile={(it) => {
          setFile(it);
          void check(mine, it);
        }}
      />
      {state.at === "checking" && <p role="status">{w.busy}</p>}
      {state.at === "failed" && (
        <Notice tone="bad">
          <p>{state.why}</p>
        </Notice>
      )}
      {state.at === "told" && <Told operation={operation} month={state.month} period={state.period} />}
    </>
  );
}

async function look(operation: Operation, mine: File, file: File): Promise<State> {
  const w = energy().month;
  const failed = (why: string): State => ({ at: "failed", why });
  try {
    const about = await labour("ownSummary", { file: mine });
    if (about.op !== operation.op) return failed(w.otherOperation);
    const told = await toldOwn(operation, about.period, about.meter);
    if (typeof told === "string") return failed(untold(told, about.period));
    const month = await labour("own", { file, mine, told });
    return month ? { at: "told", month, period: about.period } : failed(w.otherMeter);
  } catch (error) {
    return failed(faultTold(error));
  }
}

function Told({ operation, month, period }: { operation: Operation; month: OwnMonth; period: number }) {
  const { bill, rules } = month;
  return (
    <InTurn>
      <Checks month={month} />
      <Curve month={month} />
      {rules && bill && <BillCard bill={bill} rules={rules} />}
      {rules && !month.faults.includes("rules") && <TariffCard rules={rules} />}
      {operation.statement?.period === period && <ContestForm operation={operation} member={month.member} />}
    </InTurn>
  );
}

function Checks({ month }: { month: OwnMonth }) {
  const { bill, faults, otherStep, start_s, stated_cents, step_s } = month;
  const w = checks();
  return (
    <section class="stack" data-testid="own-verdict">
      <h2>{w.own.title}</h2>
      {faults.length === 0 ? (
        <Notice tone="good">
          <p>{w.own.good}</p>
          <p>{w.own.whole}</p>
        </Notice>
      ) : (
        <Notice tone="bad" title={w.first}>
          {faults.slice(0, 1).map((it) => (
            <p key={it}>{w.found(w.own.of[it], "")}</p>
          ))}
          {otherStep !== null && <p>{w.own.otherStep(formatMoment(start_s + otherStep * step_s))}</p>}
          {stated_cents !== null && stated_cents !== bill?.amount_cents && <p>{w.own.stated(owed(stated_cents))}</p>}
          <p>{w.own.bad}</p>
        </Notice>
      )}
      <CheckList items={OWN_CHECKS.map((it) => [w.own.of[it], !faults.includes(it)])} />
    </section>
  );
}
