import { useState } from "preact/hooks";
import { isAddressEqual } from "viem";
import { head } from "../../chain/head";
import type { Mandate } from "../history";
import { dayOf, type Draft, faultsOf, weightLeft, weightOf } from "../pledges";
import { pledging } from "../flows/cred";
import { useAct } from "../../acts/useAct";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Progress } from "../../parts/Progress";
import { useDraft } from "../../store/draft";
import { type Fields, listOf, text } from "../../store/schema";
import { object } from "valibot";
import { session } from "../../wallet/session";
import { cred } from "../words/cred";
import { formatShare } from "../../words/format";

const EMPTY: Draft = { text: "", weight: "", due: "" };
const MOST = 64;

/** All the promises of a mandate at once; shown to its subject only. */
interface Pledges {
  promises: readonly Draft[];
}

const FIELDS: Fields<Pledges> = { promises: listOf(object({ text, weight: text, due: text })) };

export function PledgeForm({ mandate }: { mandate: Mandate }) {
  const account = session.value?.account;
  const w = cred().pledge;
  const act = useAct();
  const [{ promises }, change, forget] = useDraft<Pledges>(`cred/pledges/${mandate.number}`, FIELDS, {
    promises: [EMPTY],
  });
  const [isTried, setTried] = useState(false);
  if (!account || !isAddressEqual(account, mandate.subject)) return null;
  const done = <p class="notice-title">{w.done}</p>;
  // Made already, here or elsewhere: only what became of the act is left to say.
  if (mandate.promises.length > 0 || act.state.value.at === "done") return <Progress act={act} done={done} />;

  const faults = promises.map((draft) => faultsOf(draft, head.value?.timestamp_s ?? 0, mandate.endsAt_s));
  const left = weightLeft(promises);
  const isSound = left === 0 && faults.every((fault) => Object.keys(fault).length === 0);
  const set = (place: number, part: Partial<Draft>): void =>
    change({ promises: promises.map((draft, i) => (i === place ? { ...draft, ...part } : draft)) });
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isSound || act.isBusy) return;
    const pledges = promises.map(({ text, weight, due }) => ({
      text: text.trim(),
      weight_bps: (weightOf(weight) ?? 0) * 100,
      dueAt_s: dayOf(due) ?? 0,
    }));
    await act.slip(() => pledging(mandate.number, pledges));
    if (act.state.peek().at === "done") forget();
  };
  return (
    <form class="card stack" noValidate onSubmit={(event) => void send(event)}>
      <h2>{w.title}</h2>
      <p>{w.note}</p>
      {promises.map((draft, place) => {
        const fault = isTried ? (faults[place] ?? {}) : {};
        return (
          <fieldset class="scale" key={place}>
            <legend>{w.text(place + 1)}</legend>
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
              input={{ inputMode: "numeric" }}
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
                {w.remove(place + 1)}
              </Button>
            )}
          </fieldset>
        );
      })}
      {promises.length < MOST && (
        <Button look="secondary" onClick={() => change({ promises: [...promises, EMPTY] })}>
          {w.add}
        </Button>
      )}
      <p role="status">{w.left(formatShare(left / 100))}</p>
      {isTried && left !== 0 && (
        <p class="fault" role="alert">
          {w.badSum}
        </p>
      )}
      <Button type="submit" wide busy={act.isBusy}>
        {w.sign}
      </Button>
      <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
    </form>
  );
}
