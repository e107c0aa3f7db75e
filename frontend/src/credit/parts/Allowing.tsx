import { maxUint256 } from "viem";
import { useAct } from "../../acts/useAct";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Progress } from "../../parts/Progress";
import type { Currency } from "../../town/town";
import { amountIn } from "../amount";
import type { Circle } from "../chain/circle";
import { allow } from "../flows/allow";
import { credit } from "../words/credit";

interface Props {
  circle: Circle;
  money: Currency;
  /** What a payment would draw now. */
  backed: bigint;
  isNeeded: boolean;
}

/** Offers to let the circle take the part in money, where it may not yet. */
export function Allowing({ circle, money, backed, isNeeded }: Props) {
  const w = credit().allow;
  const act = useAct();
  const sign = (value: bigint): void => void act.slip((owner) => allow(owner, circle, money, value));
  return (
    <>
      {isNeeded && (
        <Notice title={w.needed}>
          <p>{w.why(circle.name)}</p>
          <div class="actions">
            <Button busy={act.isBusy} onClick={() => sign(maxUint256)}>
              {w.always}
            </Button>
            <Button look="secondary" busy={act.isBusy} onClick={() => sign(backed)}>
              {w.once(amountIn(circle, backed))}
            </Button>
          </div>
        </Notice>
      )}
      <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
    </>
  );
}
