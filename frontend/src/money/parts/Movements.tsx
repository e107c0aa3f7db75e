import { memoOf } from "../memos";
import type { Movement } from "../movements";
import { formatChange, formatHash, formatShortMoment } from "../../words/format";
import { money } from "../words/money";
import { nameOf } from "../../parts/Address";

/** What a movement was, in a few words. */
export function movementText({ nature, other }: Movement): string {
  const w = money().history;
  if (other && nature === "received") return w.received(nameOf(other));
  if (other && nature === "paid") return w.paid(nameOf(other));
  return w.natures[nature];
}

/** What a movement's reference stood for, or its ends. */
export const referenceText = ({ ref }: Movement): string => (ref ? (memoOf(ref) ?? formatHash(ref)) : "");

/** Movements as a list that a phone shows well. */
export function Movements({ movements }: { movements: readonly Movement[] }) {
  if (movements.length === 0) return <p class="hint">{money().nothingYet}</p>;
  return (
    <ol class="movements">
      {movements.map((it) => (
        <li key={`${it.block}/${it.index}`}>
          <span class="movement-what">{movementText(it)}</span>
          <span class={it.change_cents > 0n ? "movement-change in" : "movement-change"}>
            {formatChange(it.change_cents)}
          </span>
          <span class="hint">
            <time dateTime={new Date(it.at_s * 1000).toISOString()}>{formatShortMoment(it.at_s)}</time>
            {it.ref && ` · ${referenceText(it)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
