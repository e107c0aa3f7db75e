import { Notice } from "../../parts/Notice";
import { Figure } from "../../parts/Table";
import "../../style/credit.css";
import { amountIn } from "../amount";
import type { Circle, Member } from "../chain/circle";
import { barOf, leftOf, roomOf, zoneOf } from "../limits";
import { credit } from "../words/credit";

const [WIDTH, HEIGHT, INSET] = [1_000, 36, 8];

/** A balance between the most that one may owe and the most that one may be owed, in words and as a bar. */
export function CreditBar({ circle, member }: { circle: Circle; member: Member }) {
  const w = credit();
  const { balance, mostDebt, ceiling } = member;
  const zone = zoneOf(member);
  const label = balance < 0n ? w.balance.owes : w.balance.owed;
  const size = amountIn(circle, balance < 0n ? -balance : balance);
  const told = balance === 0n ? w.balance.zero : `${label} ${size}.`;
  const { zero, from, to } = barOf(member);
  return (
    <section class="purse credit-balance" data-testid="credit-balance" data-balance={balance.toString()}>
      {balance === 0n ? <p>{told}</p> : <Figure label={label} value={size} />}
      <svg
        class="credit-bar"
        role="img"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-label={w.balance.bar(told, amountIn(circle, mostDebt), amountIn(circle, ceiling))}
      >
        <rect class="credit-ground" y={INSET} width={WIDTH} height={HEIGHT - 2 * INSET} />
        <rect class="credit-now" x={WIDTH * from} y={INSET} width={WIDTH * (to - from)} height={HEIGHT - 2 * INSET} />
        <line class="credit-zero" x1={WIDTH * zero} x2={WIDTH * zero} y1={0} y2={HEIGHT} />
      </svg>
      <p class="credit-ends hint">
        <span>{w.balance.debtEnd(amountIn(circle, mostDebt))}</span>
        <span>{w.balance.ceilingEnd(amountIn(circle, ceiling))}</span>
      </p>
      <p class="hint">{w.balance.zeroMark}</p>
      <p>{w.balance.left(amountIn(circle, leftOf(member)), amountIn(circle, roomOf(member)))}</p>
      {zone !== "calm" && (
        <Notice tone="warn" live={false}>
          <p>{w.zones[zone]}</p>
        </Notice>
      )}
    </section>
  );
}
