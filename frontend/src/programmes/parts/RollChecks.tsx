import { useState } from "preact/hooks";
import { CheckList } from "../../flows/parts/CheckList";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { townFile } from "../../town/folder";
import { type TownProgramme, placeOfRoll } from "../published";
import { type RollCheck, checkRoll } from "../roll";
import { figures } from "../words/figures";

type State =
  { at: "ready" | "reading" | "unreadable" } | { at: "read"; check: RollCheck } | { at: "failed"; problem: Problem };

/** Makes the published roll's tree again and holds it to what was sealed; it is done here, by whoever asks. */
export function RollChecks({ of }: { of: TownProgramme }) {
  const w = figures().roll;
  const [state, setState] = useState<State>({ at: "ready" });
  const check = async (): Promise<void> => {
    setState({ at: "reading" });
    try {
      const found = checkRoll((await townFile(placeOfRoll(of))) ?? "", of);
      setState(found ? { at: "read", check: found } : { at: "unreadable" });
    } catch (error) {
      setState({ at: "failed", problem: await problemOf(error) });
    }
  };
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p>{w.lead}</p>
      <Button look="secondary" busy={state.at === "reading"} onClick={() => void check()}>
        {w.check}
      </Button>
      {state.at === "read" && <Told check={state.check} />}
      {state.at === "unreadable" && <Notice tone="bad" title={w.unreadable} />}
      {state.at === "failed" && (
        <Notice tone="bad">
          <p>
            <ProblemText problem={state.problem} />
          </p>
        </Notice>
      )}
    </section>
  );
}

function Told({ check: { keys, isSum, isRule, isRoot } }: { check: RollCheck }) {
  const w = figures().roll;
  const holds = isSum && isRule && isRoot;
  return (
    <Notice tone={holds ? "good" : "bad"} title={holds ? w.holds(keys) : w.fails}>
      <CheckList
        items={[
          [w.sum, isSum],
          [w.rule, isRule],
          [w.root, isRoot],
        ]}
      />
    </Notice>
  );
}
