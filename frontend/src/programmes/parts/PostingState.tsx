import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Pending } from "../../parts/Pending";
import { ProblemText } from "../../parts/Problem";
import { core } from "../../words/core";
import type { Posting } from "../flows/spend";
import type { Spend } from "../terms";
import { purse } from "../words/purse";

/** Where a spend is; "paid" is said when the chain has it, and not before. */
export function PostingState({ posting, paid }: { posting: Posting; paid: (spend: Spend) => string }) {
  const state = posting.state.value;
  const place = useRef<HTMLDivElement>(null);
  const isOver = ["paid", "failed", "expired", "unseen"].includes(state.at);
  useEffect(() => {
    if (isOver) place.current?.focus();
  }, [isOver]);
  if (state.at === "ready") return null;
  return (
    <div ref={place} class="progress" tabIndex={-1}>
      <Told posting={posting} paid={paid} />
    </div>
  );
}

function Told({ posting, paid }: { posting: Posting; paid: (spend: Spend) => string }) {
  const state = posting.state.value;
  const w = core().act;
  switch (state.at) {
    case "paid":
      return <Notice tone="good" title={paid(state.spend)} />;
    case "unseen":
      return <Notice tone="warn" title={purse().unseen} />;
    case "expired":
      return (
        <Notice tone="bad" title={core().problem.heading}>
          <p>{w.expired}</p>
        </Notice>
      );
    case "failed":
      return (
        <Notice tone="bad" title={core().problem.heading}>
          <p>
            <ProblemText problem={state.problem} />
          </p>
          {state.isSigned && ["offline", "officeDown", "slow"].includes(state.problem.kind) && (
            <Button onClick={() => void posting.again()}>{w.resend}</Button>
          )}
        </Notice>
      );
    case "posting":
      return <Pending text={w[state.slip]} />;
    case "looking":
      return <Pending text={purse().looking} />;
    default:
      return <Pending text={w.sending} />;
  }
}
