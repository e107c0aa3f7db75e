import { useEffect, useState } from "preact/hooks";
import { type Problem, problemOf } from "../../chain/problem";
import { refusalOf } from "../../acts/act";
import { PostError, type SlipState, follow, hasOffice, status } from "../../post/client";
import { type PendingSlip, followedSlips, forgetSlip, pendingSlips } from "../../store/pending";
import { session } from "../../wallet/session";
import { core } from "../../words/core";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";

/** Acts that were handed in before the page was closed, or the view left: how each ended, or where it is. */
export function PendingSlips() {
  const account = session.value?.account;
  const shown = pendingSlips.value.filter((slip) => slip.account === account && !followedSlips.value.has(slip.id));
  if (!hasOffice()) return null;
  return (
    <>
      {shown.map((slip) => (
        <Pending key={slip.id} slip={slip} />
      ))}
    </>
  );
}

type Known = { state: SlipState; problem: Problem | null };

function Pending({ slip }: { slip: PendingSlip }) {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      const first = await status(slip.id, 0, stop.signal);
      const end = await follow(first, ({ state }) => setKnown({ state, problem: null }), stop.signal);
      if (end.state === "rejected") setKnown({ state: "rejected", problem: await problemOf(refusalOf(end)) });
    };
    read().catch((error: unknown) => {
      // An office that knows nothing of it is another, or has forgotten.
      if (error instanceof PostError && error.code === "slip_unknown") forgetSlip(slip.id);
    });
    return () => stop.abort();
  }, [slip.id]);
  const w = core().act;
  if (!known) return null;
  const { state, problem } = known;
  if (state === "received" || state === "queued" || state === "posted") {
    return (
      <Notice title={slip.title}>
        <p>{w[state]}</p>
      </Notice>
    );
  }
  return (
    <Notice tone={state === "confirmed" ? "good" : "bad"} title={slip.title}>
      <p>{state === "confirmed" ? w.done : problem ? <ProblemText problem={problem} /> : w.expired}</p>
      <Button look="secondary" onClick={() => forgetSlip(slip.id)}>
        {core().close}
      </Button>
    </Notice>
  );
}
