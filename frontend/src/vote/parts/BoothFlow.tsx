import { useEffect, useState } from "preact/hooks";
import type { Address } from "viem";
import type { Opening } from "../ballot/ballot";
import { type Choice, choiceOf } from "../ballot/questions";
import { questionOf, type Subject } from "../ballot/subject";
import { fromHex } from "../ballot/bytes";
import { booth } from "../booth/booth";
import type { Sealed } from "../booth/jobs";
import { believedPanels } from "../booth/panels";
import { placeOf, type RollPlace } from "../booth/place";
import { type Poll, turnoutOf } from "../booth/polls";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { theTown } from "../../town/folder";
import { who } from "../../wallet/who";
import { ballot } from "../words/ballot";
import { BallotForm } from "./BallotForm";
import { Casting } from "./Casting";
import { Opened } from "./Opened";
import { Print } from "./Print";

type Stage =
  | { at: "choosing"; problem: Problem | null }
  | { at: "sealing" }
  | { at: "sealed"; sealed: Sealed; seq: number }
  | { at: "casting"; sealed: Sealed; seq: number }
  | { at: "opened"; sealed: Sealed; seq: number; opening: Opening; holds: boolean };

/** From the roll to the ballot box: choose, encrypt, then open to check or cast. */
export function BoothFlow({ poll, account }: { poll: Poll; account: Address }) {
  const w = ballot().booth;
  if (!who.value) return <Loading what={w.lookingUp} />;
  // Whoever was never enrolled stands on no roll: nobody need be asked.
  const isStranger = who.value.kind === "none" && theTown().currencies.length > 0;
  return isStranger ? (
    <Notice tone="warn" live={false} title={w.notOnRoll} />
  ) : (
    <Enrolled poll={poll} account={account} />
  );
}

function Enrolled({ poll, account }: { poll: Poll; account: Address }) {
  const w = ballot().booth;
  const read = useRead(() => placeOf(poll.rollRoot, poll.rollSize, account), [poll.rollRoot, account]);
  useEffect(() => {
    // While the voter reads: the terms, the tables, the compiled code.
    booth()
      .ask("ready", poll.number)
      .catch(() => {});
  }, [poll.number]);
  if (!read.value && !read.problem) return <Loading what={w.lookingUp} />;
  return (
    <Reading read={read}>
      {(placing) => {
        if (placing.at === "notOnRoll") return <Notice tone="warn" title={w.notOnRoll} />;
        if (placing.at === "noRoll") return <Notice tone="warn" title={w.noRoll} />;
        return poll.subject && <AtHome poll={poll} subject={poll.subject} account={account} place={placing.place} />;
      }}
    </Reading>
  );
}

interface Props {
  poll: Poll;
  subject: Subject;
  account: Address;
  place: RollPlace;
}

function AtHome({ poll, subject, account, place }: Props) {
  const w = ballot().booth;
  const [stage, setStage] = useState<Stage>({ at: "choosing", problem: null });
  const [choice, setChoice] = useState<Choice | null>(null);
  const read = useRead(() => turnoutOf(poll, place.index), [poll.number, place.index, poll.ballots, stage.at]);

  const seal = async (chosen: Choice): Promise<void> => {
    setStage({ at: "sealing" });
    try {
      const { nextSeq } = await turnoutOf(poll, place.index);
      const ask = {
        consultation: poll.number,
        question: questionOf(subject),
        asked: poll.asked,
        voter: fromHex(account),
      };
      const sealed = await booth().ask("make", {
        ...ask,
        seq: nextSeq,
        choice: chosen,
        panels: await believedPanels(),
      });
      setStage({ at: "sealed", sealed, seq: nextSeq });
    } catch (error) {
      setStage({ at: "choosing", problem: await problemOf(error) });
    }
  };
  const open = async (sealed: Sealed, seq: number): Promise<void> => {
    const opened = await booth().ask("challenge", { consultation: poll.number, hash: sealed.hash });
    setStage({ at: "opened", sealed, seq, ...opened });
  };
  const restart = (): void => setStage({ at: "choosing", problem: null });

  switch (stage.at) {
    case "choosing":
    case "sealing":
      return (
        <div class="stack">
          {read.value?.hasVoted && <Notice live={false}>{w.already}</Notice>}
          {stage.at === "choosing" && stage.problem && (
            <Notice tone="bad" title={w.failed}>
              <p>
                <ProblemText problem={stage.problem} />
              </p>
            </Notice>
          )}
          <BallotForm
            subject={subject}
            choice={choice}
            onChoice={setChoice}
            onSeal={(chosen) => void seal(chosen)}
            isSealing={stage.at === "sealing"}
          />
        </div>
      );
    case "sealed":
      return (
        <SealedBallot
          sealed={stage.sealed}
          cast={() => setStage({ ...stage, at: "casting" })}
          open={() => open(stage.sealed, stage.seq)}
          back={restart}
        />
      );
    case "casting":
      return (
        <Casting
          poll={poll}
          account={account}
          place={place}
          sealed={stage.sealed}
          seq={stage.seq}
          again={() => {
            setChoice(null);
            restart();
          }}
          back={() => setStage({ ...stage, at: "sealed" })}
        />
      );
    case "opened":
      return (
        <Opened
          poll={poll}
          subject={subject}
          account={account}
          sealed={stage.sealed}
          seq={stage.seq}
          opening={stage.opening}
          holds={stage.holds}
          content={choiceOf(questionOf(subject), stage.opening.messages)}
          again={restart}
        />
      );
  }
}

interface SealedProps {
  sealed: Sealed;
  cast: () => void;
  open: () => Promise<void>;
  back: () => void;
}

/** The hash is shown before anyone says what becomes of the ballot: that is what makes the audit one. */
function SealedBallot({ sealed, cast, open, back }: SealedProps) {
  const w = ballot().sealed;
  const [isOpening, setOpening] = useState(false);
  return (
    <div class="stack" data-testid="sealed" data-made-ms={sealed.made_ms.toFixed(1)}>
      <Notice tone="good" title={w.title}>
        <p>{w.text}</p>
        <Print hash={sealed.hash} />
      </Notice>
      <Button wide onClick={cast}>
        {w.cast}
      </Button>
      <details class="more">
        <summary>{w.audit}</summary>
        <p>{w.auditNote}</p>
        <Button
          look="secondary"
          busy={isOpening}
          onClick={() => {
            setOpening(true);
            open().catch(() => setOpening(false));
          }}
        >
          {w.audit}
        </Button>
      </details>
      <Button look="quiet" onClick={back}>
        {w.back}
      </Button>
    </div>
  );
}
