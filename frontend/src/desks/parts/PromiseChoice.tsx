import { useId } from "preact/hooks";
import type { Promised } from "../../cred/history";
import type { Bar } from "../../cred/judging";
import { cred } from "../../cred/words/cred";
import { formatDay } from "../../words/format";
import { openings } from "../../vote/words/openings";

interface Props {
  promises: readonly Promised[];
  /** What keeps each from the vote. */
  bars: ReadonlyMap<number, Bar | null>;
  chosen: readonly number[];
  onChosen: (numbers: readonly number[]) => void;
  fault: string | null;
}

/** Which promises are put to the vote; of the others, why not. */
export function PromiseChoice({ promises, bars, chosen, onChosen, fault }: Props) {
  const w = openings().round;
  const id = useId();
  return (
    <fieldset class={fault ? "choice faulty" : "choice"} aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend>{w.promises}</legend>
      {promises.map(({ number, text, dueAt_s }) => {
        const bar = bars.get(number);
        const isChosen = chosen.includes(number);
        return (
          <label class="option" key={number}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={Boolean(bar)}
              onChange={() => onChosen(isChosen ? chosen.filter((it) => it !== number) : [...chosen, number])}
            />
            <span>
              {text.text ?? cred().promise.title(number + 1)}
              <span class="hint">{bar ? w.bars[bar] : w.due(formatDay(dueAt_s))}</span>
            </span>
          </label>
        );
      })}
      {fault && (
        <p class="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
