import { nameOf as personOf } from "../../parts/Address";
import { ButtonLink } from "../../parts/Button";
import { link } from "../../router";
import { nameOf } from "../../land/parcel";
import { formatAmount, formatMoment } from "../../words/format";
import { desk } from "../../words/desk";
import { type NextAct, isLate } from "../next";

/** What there is to do, a card each: what, about whom, until when, what it does, and the way to it. */
export function NextActs({ acts, now_s }: { acts: readonly NextAct[]; now_s: number }) {
  const w = desk();
  return (
    <ul class="acts">
      {acts.map((act) => {
        const words = w.acts[act.act];
        const about = [
          act.parcel && w.about.parcel(nameOf(act.parcel)),
          act.account && personOf(act.account),
          act.amount_cents !== undefined && formatAmount(act.amount_cents),
        ].filter(Boolean);
        const late = isLate(act, now_s);
        return (
          <li key={`${act.act}/${JSON.stringify(act.values)}`} class={`card stack${late ? " late" : ""}`}>
            <div class="act-head">
              <h3>{words.name}</h3>
              <span class="when hint">{whenText(act, now_s)}</span>
            </div>
            {about.length > 0 && <p>{about.join(" · ")}</p>}
            <p class="hint">{words.meaning}</p>
            <ButtonLink look="secondary" href={link(`/desk/act/${act.act}`, act.values)}>
              {w.open} <span class="hidden">{`${words.name} ${about.join(", ")}`}</span>
            </ButtonLink>
          </li>
        );
      })}
    </ul>
  );
}

function whenText(act: NextAct, now_s: number): string {
  const w = desk();
  if (act.from_s !== null && act.from_s > now_s) return w.from(formatMoment(act.from_s));
  if (act.deadline_s === null) return "";
  const moment = formatMoment(act.deadline_s);
  return isLate(act, now_s) ? w.late(moment) : w.before(moment);
}
