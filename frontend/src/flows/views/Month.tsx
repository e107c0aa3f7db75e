import { useRef, useState } from "preact/hooks";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import type { ViewProps } from "../../route";
import { formatMoment } from "../../words/format";
import type { Operation } from "../chain/clearing";
import { toldOwn } from "../chain/meters";
import { labour } from "../energy/labour";
import { OWN_CHECKS, type OwnMonth } from "../energy/own";
import { BillCard, TariffCard } from "../parts/BillCard";
import { CheckList } from "../parts/CheckList";
import { ChosenFile } from "../parts/ChosenFile";
import { ContestForm } from "../parts/ContestForm";
import { Curve } from "../parts/Curve";
import { InOperation, Where } from "../parts/InOperation";
import { faultTold } from "../told";
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
    if (told === "unstated") return failed(w.notStated(about.period));
    if (told === "uninstalled") return failed(w.uninstalled);
    const month = await labour("own", { file, mine, told });
    return month ? { at: "told", month, period: about.period } : failed(w.otherMeter);
  } catch (error) {
    return failed(faultTold(error));
  }
}

function Told({ operation, month, period }: { operation: Operation; month: OwnMonth; period: number }) {
  return (
    <>
      <Checks month={month} />
      <Curve month={month} />
      <BillCard month={month} />
      <TariffCard rules={month.rules} />
      {operation.statement?.period === period && operation.status === "stated" && (
        <ContestForm operation={operation} member={month.member} />
      )}
    </>
  );
}

function Checks({ month: { faults, otherStep, steps } }: { month: OwnMonth }) {
  const w = checks();
  const other = otherStep === null ? undefined : steps[otherStep];
  return (
    <section class="stack" data-testid="own-verdict">
      <h2>{w.own.title}</h2>
      {faults.length === 0 ? (
        <Notice tone="good">
          <p>{w.own.good}</p>
        </Notice>
      ) : (
        <Notice tone="bad" title={w.first}>
          {faults.slice(0, 1).map((it) => (
            <p key={it}>{w.found(w.own.of[it], "")}</p>
          ))}
          {other && <p>{w.own.otherStep(formatMoment(other.at_s))}</p>}
          <p>{w.own.bad}</p>
        </Notice>
      )}
      <CheckList items={OWN_CHECKS.map((it) => [w.own.of[it], !faults.includes(it)])} />
    </section>
  );
}
