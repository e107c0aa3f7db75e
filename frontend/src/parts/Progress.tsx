import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { theChain } from "../chain/client";
import type { Act } from "../acts/act";
import { hasOffice } from "../post/client";
import { switchChain } from "../wallet/session";
import { core } from "../words/core";
import { formatHash } from "../words/format";
import { Button } from "./Button";
import { Copy } from "./Copy";
import { Notice } from "./Notice";
import { Pending } from "./Pending";
import { ProblemText } from "./Problem";

/** Where an act is, each state its own sentence, each end with a way on. `done` is what is said when it succeeded. */
export function Progress({ act, done }: { act: Act; done?: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const { at } = act.state.value;
  // What one pressed may be gone: the focus goes to what came of it.
  useEffect(() => {
    if (at === "done" || at === "failed" || at === "expired") place.current?.focus();
  }, [at]);
  if (at === "ready") return null;
  return (
    <div ref={place} class="progress" tabIndex={-1}>
      <State act={act} done={done} />
    </div>
  );
}

function State({ act, done }: { act: Act; done?: ComponentChildren }) {
  const state = act.state.value;
  const w = core().act;
  switch (state.at) {
    case "ready":
      return null;
    case "done":
      return (
        <Notice tone="good">
          {done ?? <p class="notice-title">{w.done}</p>}
          {state.transaction && <Transaction hash={state.transaction} />}
        </Notice>
      );
    case "expired":
      return (
        <Notice tone="bad" title={core().problem.heading}>
          <p>{w.expired}</p>
          <Button look="secondary" onClick={() => act.reset()}>
            {w.restart}
          </Button>
        </Notice>
      );
    case "failed":
      return <Failed act={act} />;
    case "posting":
      return <Pending text={w[state.slip]} />;
    case "waiting":
      return <Pending text={w.waiting} />;
    default:
      return <Pending text={w[state.at]} />;
  }
}

function Failed({ act }: { act: Act }) {
  const state = act.state.value;
  if (state.at !== "failed") return null;
  const w = core().act;
  const { problem, signed } = state;
  // A signature is only worth sending again when nobody refused it.
  const isResendable =
    signed && ["offline", "officeDown", "slow", "declined", "noEther", "unknown"].includes(problem.kind);
  return (
    <Notice tone={problem.kind === "declined" ? "warn" : "bad"} title={core().problem.heading}>
      <p>
        <ProblemText problem={problem} />
      </p>
      {isResendable && <p>{w.alreadySigned}</p>}
      <div class="actions">
        {problem.kind === "wrongChain" && <SwitchChain />}
        {isResendable && hasOffice() && <Button onClick={() => void act.resend("office")}>{w.resend}</Button>}
        {isResendable && (
          <Button look="secondary" onClick={() => void act.resend("self")}>
            {w.resendSelf}
          </Button>
        )}
        <Button look="secondary" onClick={() => act.reset()}>
          {w.restart}
        </Button>
      </div>
      {isResendable && <p class="hint">{w.resendSelfNote}</p>}
    </Notice>
  );
}

/** One button that puts the wallet on the town's chain. */
function SwitchChain() {
  return <Button onClick={() => void switchChain().catch(() => {})}>{core().wallet.switchTo(theChain().name)}</Button>;
}

function Transaction({ hash }: { hash: `0x${string}` }) {
  return (
    <p class="hint">
      {core().act.transaction} <span title={hash}>{formatHash(hash)}</span>{" "}
      <Copy text={hash} label={`${core().copy} ${hash}`} />
    </p>
  );
}
