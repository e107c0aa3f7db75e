import { useState } from "preact/hooks";
import { useAct } from "../../acts/useAct";
import { type Problem, problemOf } from "../../chain/problem";
import { download } from "../../csv";
import { Button } from "../../parts/Button";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { Progress } from "../../parts/Progress";
import { formatNumber } from "../../words/format";
import { booth } from "../booth/booth";
import { rollText } from "../booth/place";
import type { Poll } from "../booth/polls";
import { sharing } from "../flows/count";
import { ballot } from "../words/ballot";
import { KeyFileForm, type Unlocking } from "./KeyFileForm";
import { titleOf } from "./names";
import { SecondNode } from "./SecondNode";

/** More than these take a browser minutes: they are left to the command, which uses every core. */
const MOST_BALLOTS = 50_000;

type State =
  | { at: "idle" }
  | { at: "counting"; records: number }
  | { at: "failed"; problem: Problem }
  | { at: "counted"; phrase: string };

/** A trustee's share: she counts the ballots herself, compares what she found, and only then opens her key. */
export function ShareForm({ poll }: { poll: Poll }) {
  const w = ballot().count;
  const [state, setState] = useState<State>({ at: "idle" });
  const [isCompared, setCompared] = useState(false);
  const [isRefuted, setRefuted] = useState(false);
  const compared = (isSame: boolean): void => {
    setCompared(isSame);
    setRefuted(!isSame);
  };
  const tally = async (): Promise<void> => {
    setState({ at: "counting", records: 0 });
    try {
      const roll = await rollText(poll.rollRoot);
      if (roll === null) return setState({ at: "failed", problem: { kind: "told", sentence: w.noRoll } });
      const tell = (records: number): void => setState({ at: "counting", records });
      setState({ at: "counted", phrase: await booth().ask("tally", { consultation: poll.number, roll }, tell) });
    } catch (error) {
      setState({ at: "failed", problem: await problemOf(error) });
    }
  };
  return (
    <section class="card stack">
      <h2>{w.shareTitle}</h2>
      <p>{poll.ballots > MOST_BALLOTS ? w.tooMany : w.shareText}</p>
      {poll.ballots <= MOST_BALLOTS && state.at !== "counted" && (
        <Button wide busy={state.at === "counting"} onClick={() => void tally()}>
          {w.tally}
        </Button>
      )}
      {state.at === "counting" && <Tallying poll={poll} records={state.records} />}
      {state.at === "failed" && (
        <Notice tone="bad">
          <p>
            <ProblemText problem={state.problem} />
          </p>
        </Notice>
      )}
      {state.at === "counted" && (
        <>
          <Notice tone="good" title={w.tallied}>
            <p>
              <strong>{state.phrase}</strong>
            </p>
          </Notice>
          <SecondNode poll={poll} phrase={state.phrase} onCompared={compared} />
          {!isRefuted && (
            <label class="option">
              <input
                type="checkbox"
                checked={isCompared}
                onChange={(event) => setCompared(event.currentTarget.checked)}
              />
              <span>{w.compared}</span>
            </label>
          )}
          {isCompared && <Sharing poll={poll} />}
        </>
      )}
      <p class="hint">
        {w.command} <code>ape run vote share {poll.number} KEYFILE --roll ROLL.csv</code>
      </p>
      <p class="hint">{w.anyone}</p>
    </section>
  );
}

function Tallying({ poll, records }: { poll: Poll; records: number }) {
  const w = ballot().audit;
  if (!records) return <Loading what={w.reading} />;
  const all = Math.max(poll.ballots, records);
  return (
    <label class="stack">
      <span role="status">{w.running(formatNumber(records), formatNumber(all))}</span>
      <progress max={all} value={records} />
    </label>
  );
}

function Sharing({ poll }: { poll: Poll }) {
  const w = ballot().count;
  const act = useAct();
  const [unsaved, setUnsaved] = useState(0);
  const unlock = async (given: Unlocking, progress: (part: number) => void): Promise<void> => {
    const share = await sharing(poll, titleOf(poll), given, progress);
    act.reset();
    setUnsaved(typeof share === "string" ? unsaved + 1 : 0);
    if (typeof share === "string") download(w.keyFileName(poll.number), share, "application/json");
    else void act.slip(() => share);
  };
  return (
    <>
      <p>{w.keyText}</p>
      {unsaved > 0 && (
        <Notice tone="warn" title={w.unsaved}>
          <p>{w.unsavedText}</p>
        </Notice>
      )}
      {/* Made anew, the form forgets the old file: a browser does not tell that another of its name is chosen. */}
      <KeyFileForm key={unsaved} submit={w.submit} isBusy={act.isBusy} onUnlock={unlock}>
        <Progress act={act} />
      </KeyFileForm>
    </>
  );
}
