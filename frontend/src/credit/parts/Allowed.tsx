import { type Address, maxUint256 } from "viem";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { Button } from "../../parts/Button";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import type { Currency } from "../../town/town";
import { formatAmount } from "../../words/format";
import type { Circle } from "../chain/circle";
import { readAllowed } from "../chain/mix";
import { allow } from "../flows/allow";
import { credit } from "../words/credit";

/** What a circle may take of one's money for payments to come, and its taking back. */
export function Allowed({ circle, money, account }: { circle: Circle; money: Currency; account: Address }) {
  const w = credit().allow;
  const act = useAct();
  const read = useRead(() => readAllowed(circle.contract, money, account), [circle, account, head.value?.number]);
  const allowed = read.value ?? 0n;
  if (allowed === 0n && act.state.value.at === "ready") return null;
  return (
    <section class="stack">
      <h2>{w.allowed}</h2>
      {allowed > 0n && (
        <>
          <p>{w.mayTake(circle.name, allowed === maxUint256 ? w.noEnd : formatAmount(allowed, money))}</p>
          <Button
            look="secondary"
            busy={act.isBusy}
            onClick={() => void act.slip((owner) => allow(owner, circle, money, 0n))}
          >
            {w.takeBack}
          </Button>
        </>
      )}
      <Progress act={act} done={<p class="notice-title">{w.takenBack}</p>} />
    </section>
  );
}
