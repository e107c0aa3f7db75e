import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { faultsOfPlanned, type Planned } from "../../vote/booth/opening";
import type { SealedRoll } from "../../vote/booth/rolls";
import { type Problem, problemOf } from "../../chain/problem";
import { DRAW, rollOf } from "../../vote/flows/opening";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { openings } from "../../vote/words/openings";
import { type Ground, knownOf } from "./ground";
import { PlanFields } from "./PlanFields";

interface Props {
  ground: Ground;
  planned: Planned;
  change: (part: Partial<Planned>) => void;
  /** Whether what is put to the vote can be. */
  isSound: boolean;
  /** Whether the secrecy minimum is nobody's choice. */
  isMinimumGiven?: boolean;
  /** Takes the roll, once all is sound with it; what it throws is told here. */
  onRoll: (roll: SealedRoll) => Promise<void> | void;
  /** What is put to the vote; with its faults once one has tried. */
  children: (isTried: boolean) => ComponentChildren;
}

/**
 * The form that every consultation is opened by: what, then when, by whom, with which key. The roll is read, or drawn,
 * when it is sent.
 */
export function PlanForm({ ground, planned, change, isSound, isMinimumGiven, onRoll, children }: Props) {
  const w = openings().poll;
  const [isTried, setTried] = useState(false);
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // Known once it is drawn.
  const [drawnSize, setDrawnSize] = useState<number | null>(null);
  const faultsOver = (rollSize: number | null) =>
    faultsOfPlanned(planned, ground.now_s, {
      ...knownOf(ground, planned),
      ...(planned.roll === DRAW ? { rollSize } : {}),
    });
  const faults = faultsOver(drawnSize);
  const check = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (isReading || !isSound || Object.keys(faults).length > 0) return;
    setReading(true);
    try {
      const roll = await rollOf(planned, ground.rolls);
      setDrawnSize(roll.size);
      if (Object.keys(faultsOver(roll.size)).length === 0) await onRoll(roll);
    } catch (error) {
      setProblem(await problemOf(error));
    } finally {
      setReading(false);
    }
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => void check(event)}>
      {children(isTried)}
      <PlanFields
        planned={planned}
        change={change}
        faults={isTried ? faults : {}}
        ground={ground}
        isMinimumGiven={isMinimumGiven}
      />
      {problem && (
        <Notice tone="bad">
          <ProblemText problem={problem} />
        </Notice>
      )}
      <Button type="submit" wide busy={isReading}>
        {isReading ? w.preparing : w.prepare}
      </Button>
    </form>
  );
}
