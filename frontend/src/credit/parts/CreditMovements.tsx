import { hexToBigInt } from "viem";
import { head } from "../../chain/head";
import { memoOf } from "../../money/memos";
import { nameOf } from "../../parts/Address";
import { Notice } from "../../parts/Notice";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import "../../style/money.css";
import { formatHash, formatShortMoment } from "../../words/format";
import { amountIn, changeIn } from "../amount";
import type { Circle, Member } from "../chain/circle";
import { readHistory } from "../chain/told";
import type { Movement } from "../movements";
import { credit } from "../words/credit";

function textOf({ nature, other, isOut }: Movement): string {
  const w = credit().history;
  const who = other ? nameOf(other) : "";
  if (nature === "payment") return isOut ? w.paid(who) : w.received(who);
  if (nature === "called") return isOut ? w.bore(who) : w.borne(who);
  return w[nature];
}

/** What came beside the change: when, money, what for. */
function besidesOf(circle: Circle, { at_s, backed, ref }: Movement): string {
  const money = backed > 0n ? [credit().history.backed(amountIn(circle, backed))] : [];
  const what = hexToBigInt(ref) === 0n ? [] : [memoOf(ref) ?? formatHash(ref)];
  return [formatShortMoment(at_s), ...money, ...what].join(" · ");
}

/** Every change of one's balance, the last first; told where they do not make it. */
export function CreditMovements({ circle, member }: { circle: Circle; member: Member }) {
  const w = credit().history;
  const read = useRead(() => readHistory(circle, member.key), [circle, member.key, head.value?.number]);
  return (
    <section>
      <h2>{w.title}</h2>
      <Reading read={read}>
        {({ movements, isWhole }) => (
          <>
            {!isWhole && (
              <Notice tone="warn" live={false}>
                <p>{w.notWhole}</p>
              </Notice>
            )}
            {movements.length === 0 && <p class="hint">{w.none}</p>}
            <ol class="movements">
              {movements.toReversed().map((it) => (
                <li key={`${it.block}/${it.index}`}>
                  <span class="movement-what">{textOf(it)}</span>
                  <span class={it.change > 0n ? "movement-change in" : "movement-change"}>
                    {changeIn(circle, it.change)}
                  </span>
                  <span class="hint">{besidesOf(circle, it)}</span>
                </li>
              ))}
            </ol>
          </>
        )}
      </Reading>
    </section>
  );
}
