import { useState } from "preact/hooks";
import { chainName, theChain } from "../../chain/client";
import { session, switchChain } from "../../wallet/session";
import { core } from "../../words/core";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";

/** The wallet is on another chain: one button repairs it. */
export function WrongChain() {
  const [hasFailed, setFailed] = useState(false);
  const w = core().wallet;
  const current = session.value;
  if (!current) return null;
  return (
    <Notice tone="warn">
      <p>{w.wrongChain(chainName(current.chainId), theChain().name)}</p>
      <Button
        onClick={() =>
          void switchChain().then(
            () => setFailed(false),
            () => setFailed(true),
          )
        }
      >
        {w.switchTo(theChain().name)}
      </Button>
      {hasFailed && <p class="fault">{w.switchFailed}</p>}
    </Notice>
  );
}
