import { useEffect, useRef } from "preact/hooks";
import type { Address } from "viem";
import { booth } from "../booth/booth";
import type { Sealed } from "../booth/jobs";
import type { RollPlace } from "../booth/place";
import type { Poll } from "../booth/polls";
import { download, keepReceipt } from "../booth/receipts";
import { receiptText } from "../ballot/receipt";
import { useAct } from "../../acts/useAct";
import { ballotSlip, receiptOf } from "../flows/vote";
import { Button } from "../../parts/Button";
import { Progress } from "../../parts/Progress";
import { ballot } from "../words/ballot";
import { titleOf } from "./names";
import { Print } from "./Print";

interface Props {
  poll: Poll;
  account: Address;
  place: RollPlace;
  sealed: Sealed;
  seq: number;
  /** Another ballot. */
  again: () => void;
  /** Back to the sealed ballot. */
  back: () => void;
}

/** Signs and sends a ballot, and keeps its receipt from the moment that it leaves. */
export function Casting({ poll, account, place, sealed, seq, again, back }: Props) {
  const w = ballot().cast;
  const act = useAct();
  const casting = { poll, title: titleOf(poll), place, sealed, seq };
  const receipt = receiptOf(account, casting);
  const state = act.state.value.at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: cast once, as it was sealed when one came here
  useEffect(() => {
    void act.slip((voter) => ballotSlip(voter, casting));
  }, [act]);
  const hasStarted = useRef(false);
  useEffect(() => {
    // "Start again", after a refusal: back to the sealed ballot, which is still good.
    if (state === "ready" && hasStarted.current) back();
    hasStarted.current ||= state !== "ready";
  }, [state, back]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: kept at each step of the act, of which the receipt is one
  useEffect(() => {
    if (state === "posting" || state === "waiting" || state === "done") keepReceipt(account, receipt);
    if (state === "done") void booth().ask("forget", sealed.hash);
  }, [state]);
  return (
    <div class="stack">
      <Progress
        act={act}
        done={
          <>
            <p class="notice-title">{w.done}</p>
            <p>{w.doneNote}</p>
            <Print hash={sealed.hash} />
          </>
        }
      />
      {state === "done" && (
        <div class="actions">
          <Button onClick={() => download(`recu-consultation-${poll.number}-${seq + 1}.json`, receiptText(receipt))}>
            {ballot().receipts.download}
          </Button>
          <Button look="secondary" onClick={again}>
            {w.again}
          </Button>
        </div>
      )}
    </div>
  );
}
