import { useEffect, useRef, useState } from "preact/hooks";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Figure, Table } from "../../parts/Table";
import type { ViewProps } from "../../route";
import { formatShare } from "../../words/format";
import type { Operation } from "../chain/clearing";
import { toldOf } from "../chain/meters";
import type { Checked } from "../energy/jobs";
import { labour } from "../energy/labour";
import type { DayTotals } from "../energy/neighbourhood";
import { ChosenFile } from "../parts/ChosenFile";
import { DayBars } from "../parts/DayBars";
import { InOperation, Where } from "../parts/InOperation";
import { Verdict } from "../parts/Verdict";
import { dayOf, faultTold, kwhOf, untold } from "../told";
import { checks } from "../words/checks";
import { energy } from "../words/energy";

type State =
  | { at: "waiting" }
  | { at: "checking"; share: number }
  | { at: "told"; checked: Checked }
  | { at: "failed"; why: string };

/** A published period: every sum of it made again, and what the street drew, injected and shared. */
export default function Street({ parameters: { op = "" } }: ViewProps) {
  const w = energy().street;
  return (
    <Page title={w.title} lead={w.lead}>
      <InOperation op={op} here="street">
        {(operation) => (
          <>
            <Where operation={operation} />
            <Drop operation={operation} />
          </>
        )}
      </InOperation>
    </Page>
  );
}

function Drop({ operation }: { operation: Operation }) {
  const w = energy();
  const [file, setFile] = useState<File | null>(null);
  const [state, setState] = useState<State>({ at: "waiting" });
  const latest = useRef(0);
  const check = async (chosen: File): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    const set = (to: State): void => {
      if (mine === latest.current) setState(to);
    };
    setFile(chosen);
    set({ at: "checking", share: 0 });
    try {
      const about = await labour("summary", { file: chosen });
      if (about.op !== operation.op) return set({ at: "failed", why: w.month.otherOperation });
      const told = await toldOf(operation, about.period);
      if (typeof told === "string") return set({ at: "failed", why: untold(told, about.period) });
      const ask = { file: chosen, told };
      set({ at: "told", checked: await labour("verify", ask, (share) => set({ at: "checking", share })) });
    } catch (error) {
      set({ at: "failed", why: faultTold(error) });
    }
  };
  // What is stated anew was not checked yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is checked when it is chosen
  useEffect(() => {
    if (file) void check(file);
  }, [operation.statementHash]);
  return (
    <>
      <ChosenFile label={w.street.file} hint={w.street.drop} file={file} onFile={(it) => void check(it)} />
      {state.at === "checking" && <p role="status">{checks().busy(formatShare(state.share))}</p>}
      {state.at === "failed" && (
        <Notice tone="bad">
          <p>{state.why}</p>
        </Notice>
      )}
      {state.at === "told" && (
        <>
          <Verdict verdict={state.checked.verdict} />
          {state.checked.days.length > 0 && <Totals days={state.checked.days} />}
        </>
      )}
    </>
  );
}

const ratio = (part: bigint, whole: bigint): string => formatShare(whole === 0n ? 0 : Number(part) / Number(whole));

function Totals({ days }: { days: readonly DayTotals[] }) {
  const w = energy().street;
  const sum = (of: (day: DayTotals) => bigint): bigint => days.reduce((all, it) => all + of(it), 0n);
  const [drawn, injected, shared] = [sum((it) => it.drawn_wh), sum((it) => it.injected_wh), sum((it) => it.shared_wh)];
  return (
    <section class="stack">
      <h2>{w.totals}</h2>
      <Figure
        label={w.whole}
        value={ratio(shared, drawn)}
        note={w.of(kwhOf(shared), kwhOf(drawn), ratio(shared, drawn))}
      />
      <p>{w.sunOf(kwhOf(injected), ratio(shared, injected))}</p>
      <DayBars
        label={w.chart}
        legend={[w.drawn, w.shared]}
        bars={days.map((it) => ({
          name: dayOf(it.day),
          whole: Number(it.drawn_wh),
          part: Number(it.shared_wh),
        }))}
      />
      <Table
        caption={w.totals}
        hideCaption
        columns={[
          { name: w.day, cell: ({ day }) => dayOf(day) },
          { name: w.drawn, cell: (it) => kwhOf(it.drawn_wh), numeric: true },
          { name: w.injected, cell: (it) => kwhOf(it.injected_wh), numeric: true },
          { name: w.shared, cell: (it) => kwhOf(it.shared_wh), numeric: true },
          { name: w.ratio, cell: (it) => ratio(it.shared_wh, it.drawn_wh), numeric: true },
        ]}
        rows={days}
      />
    </section>
  );
}
