import { useState } from "preact/hooks";
import type { OpenedBallot } from "../ballot/opened";
import { choiceOf } from "../ballot/questions";
import { questionOf } from "../ballot/subject";
import { booth } from "../booth/booth";
import type { Poll } from "../booth/polls";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { ballot } from "../words/ballot";
import { contents } from "./contents";
import { Print } from "./Print";

type Checked =
  | { at: "idle" }
  | { at: "checking" }
  | { at: "known"; holds: boolean; isCast: boolean }
  | { at: "failed"; problem: Problem };

/** A ballot that another device opened: whether it holds what that says, and whether it was cast all the same. */
export function OpenedCard({ poll, opened }: { poll: Poll; opened: OpenedBallot }) {
  const w = ballot().opened;
  const [checked, setChecked] = useState<Checked>({ at: "idle" });
  const check = async (): Promise<void> => {
    setChecked({ at: "checking" });
    try {
      setChecked({ at: "known", ...(await booth().ask("opened", { opened, asked: poll.asked })) });
    } catch (error) {
      setChecked({ at: "failed", problem: await problemOf(error) });
    }
  };
  return (
    <article class="card stack">
      <h3>{w.fromFile}</h3>
      <Print hash={opened.hash} />
      {checked.at === "checking" && <Loading what={ballot().receipts.checking} />}
      {checked.at === "known" && <Outcome poll={poll} opened={opened} {...checked} />}
      {checked.at === "failed" && (
        <Notice tone="bad">
          <ProblemText problem={checked.problem} />
        </Notice>
      )}
      <Button look="secondary" busy={checked.at === "checking"} onClick={() => void check()}>
        {w.check}
      </Button>
    </article>
  );
}

interface OutcomeProps {
  poll: Poll;
  opened: OpenedBallot;
  holds: boolean;
  isCast: boolean;
}

function Outcome({ poll: { subject }, opened: { opening }, holds, isCast }: OutcomeProps) {
  const w = ballot().opened;
  if (!holds) return <Notice tone="bad" title={w.otherThanSaid} />;
  return (
    <Notice tone={isCast ? "bad" : "good"} title={isCast ? w.castToo : w.honest}>
      {subject && (
        <ul class="contents">
          {contents(subject, choiceOf(questionOf(subject), opening.messages)).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
