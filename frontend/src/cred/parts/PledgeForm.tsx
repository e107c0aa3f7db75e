import { useEffect, useRef, useState } from "preact/hooks";
import { head } from "../../chain/head";
import { useActsFor } from "../acting";
import type { Mandate } from "../history";
import {
  dayOf,
  type Draft,
  faultsOf,
  MOST_PROMISES,
  partOf,
  unfixed,
  weightLeft,
  weightOf,
  WHOLE_BPS,
} from "../pledges";
import { pledging } from "../flows/cred";
import { useAct } from "../../acts/useAct";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Progress } from "../../parts/Progress";
import { useDraft } from "../../store/draft";
import { type Fields, listOf, text } from "../../store/schema";
import { object } from "valibot";
import { cred } from "../words/cred";
import { formatShare } from "../../words/format";

const EMPTY: Draft = { text: "", weight: "", due: "" };

/** What is not fixed yet. */
interface Pledges {
  promises: readonly Draft[];
}

const FIELDS: Fields<Pledges> = { promises: listOf(object({ text, weight: text, due: text })) };

/** The promises of a mandate, in as many parts as they need; shown to its subject only. */
export function PledgeForm({ mandate }: { mandate: Mandate }) {
  const isSubject = useActsFor(mandate.subject);
  const w = cred().pledge;
  const act = useAct();
  const [kept, change, forget] = useDraft<Pledges>(`cred/pledges/${mandate.number}`, FIELDS, { promises: [EMPTY] });
  const [isTried, setTried] = useState(false);
  const first = mandate.promises.length;
  const fixed_bps = mandate.promises.reduce((sum, { weight_bps }) => sum + weight_bps, 0);
  const isOver = fixed_bps === WHOLE_BPS;
  // The part that was sent: where it begins, and whether another follows.
  const sent = useRef({ first: -1, isLast: false });
  const isDone = act.state.value.at === "done";
  // Once it is on the chain, it makes room for the next.
  useEffect(() => {
    if (isDone && !isOver && first > sent.current.first) act.reset();
  }, [act, isDone, isOver, first]);
  if (!isSubject) return null;
  const done = <p class="notice-title">{isOver || sent.current.isLast ? w.done : w.partDone}</p>;
  // Made already, here or elsewhere: only what became of the act is left to say.
  if (isOver || isDone) return <Progress act={act} done={done} />;

  const rest = unfixed(kept.promises, mandate.promises);
  const promises = rest.length ? rest : [EMPTY];
  const faults = promises.map((draft) => faultsOf(draft, head.value?.timestamp_s ?? 0, mandate.endsAt_s));
  const left_bps = weightLeft(promises, fixed_bps);
  const isSound = left_bps === 0 && faults.every((fault) => Object.keys(fault).length === 0);
  const part = partOf(promises);
  const isWhole = part === promises.length;
  const set = (place: number, change_: Partial<Draft>): void =>
    change({ promises: promises.map((draft, i) => (i === place ? { ...draft, ...change_ } : draft)) });
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isSound || act.isBusy) return;
    const pledges = promises.slice(0, part).map(({ text, weight, due }) => ({
      text: text.trim(),
      weight_bps: weightOf(weight) ?? 0,
      dueAt_s: dayOf(due) ?? 0,
    }));
    sent.current = { first, isLast: isWhole };
    await act.slip(() => pledging(mandate.number, first, pledges));
    if (isWhole && act.state.peek().at === "done") forget();
  };
  return (
    <form class="card stack" noValidate onSubmit={(event) => void send(event)}>
      <h2>{w.title}</h2>
      <p>{w.note}</p>
      {promises.map((draft, place) => {
        const fault = isTried ? (faults[place] ?? {}) : {};
        return (
          <fieldset class="scale" key={place}>
            <legend>{w.text(first + place + 1)}</legend>
            <TextField
              label={cred().bring.text}
              value={draft.text}
              onValue={(text) => set(place, { text })}
              fault={fault.text && w[fault.text]}
              multiline
            />
            <TextField
              label={w.weight}
              value={draft.weight}
              onValue={(weight) => set(place, { weight })}
              fault={fault.weight && w[fault.weight]}
              unit="%"
              input={{ inputMode: "decimal" }}
            />
            <TextField
              label={w.due}
              value={draft.due}
              onValue={(due) => set(place, { due })}
              fault={fault.due && w[fault.due]}
              input={{ type: "date" }}
            />
            {promises.length > 1 && (
              <Button look="quiet" onClick={() => change({ promises: promises.filter((_, i) => i !== place) })}>
                {w.remove(first + place + 1)}
              </Button>
            )}
          </fieldset>
        );
      })}
      {first + promises.length < MOST_PROMISES && (
        <Button look="secondary" onClick={() => change({ promises: [...promises, EMPTY] })}>
          {w.add}
        </Button>
      )}
      <p role="status">{w.left(formatShare(left_bps / WHOLE_BPS))}</p>
      {isTried && left_bps !== 0 && (
        <p class="fault" role="alert">
          {w.badSum}
        </p>
      )}
      {!isWhole && <p class="hint">{w.parts(part)}</p>}
      <Button type="submit" wide busy={act.isBusy}>
        {isWhole ? w.sign : w.signPart(first + 1, first + part)}
      </Button>
      <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
    </form>
  );
}
