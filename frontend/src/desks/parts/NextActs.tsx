import { nameOf as personOf } from "../../parts/Address";
import { ButtonLink } from "../../parts/Button";
import { link } from "../../router";
import { nameOf } from "../../land/parcel";
import { memoOf } from "../../money/memos";
import { formatAmount, formatMoment } from "../../words/format";
import { desk } from "../words/desk";
import { firstCurrency, landCurrency, paidIn } from "../../town/currency";
import { actPath } from "../acts";
import { type NextAct, isLate } from "../next";
import { actWords } from "../told";

/** What there is to do, a card for each matter: about whom, until when, and each act with what it does. */
export function NextActs({ acts, now_s }: { acts: readonly NextAct[]; now_s: number }) {
  return (
    <ul class="acts">
      {matters(acts).map((matter) => (
        <Matter
          key={`${matter[0].act}/${matter[0].currency?.contract}/${JSON.stringify(matter[0].values)}`}
          acts={matter}
          now_s={now_s}
        />
      ))}
    </ul>
  );
}

type Some = readonly [NextAct, ...NextAct[]];

/** Acts about the same thing until the same moment: to renounce or to pre-empt. */
function matters(acts: readonly NextAct[]): Some[] {
  const found = new Map<string, [NextAct, ...NextAct[]]>();
  for (const act of acts) {
    const key = JSON.stringify([act.values, act.deadline_s, act.parcel, act.currency?.contract]);
    const matter = found.get(key);
    if (matter) matter.push(act);
    else found.set(key, [act]);
  }
  return [...found.values()];
}

function Matter({ acts, now_s }: { acts: Some; now_s: number }) {
  const w = desk();
  const [first] = acts;
  const late = isLate(first, now_s);
  const about = [
    first.parcel && w.about.parcel(nameOf(first.parcel)),
    first.account && personOf(first.account),
    first.amount_cents !== undefined &&
      formatAmount(first.amount_cents, first.currency ?? (first.contract ? paidIn(first.contract) : landCurrency())),
  ].filter(Boolean);
  return (
    <li class={`card stack${late ? " late" : ""}`}>
      <div class="act-head">
        <h3>{about.length > 0 ? about.join(" · ") : nameOfAct(first)}</h3>
        <span class="when hint">{whenText(first, now_s)}</span>
      </div>
      {first.reference && (
        <p class="hint">
          {w.holdersReference} : <span class="hash">{memoOf(first.reference) ?? first.reference}</span>
        </p>
      )}
      {acts.map((act) => (
        <div key={act.act} class="act-choice">
          <ButtonLink
            look="secondary"
            href={link(actPath(act.act, act.currency?.contract ?? act.contract), act.values)}
          >
            {nameOfAct(act)}
            {about.length > 0 && <span class="hidden">{` — ${about.join(", ")}`}</span>}
          </ButtonLink>
          <p class="hint">
            {act.from_s !== null && act.from_s > now_s && `${w.from(formatMoment(act.from_s))}. `}
            {w.acts[act.act].meaning}
          </p>
        </div>
      ))}
    </li>
  );
}

const nameOfAct = ({ act, currency }: NextAct): string => actWords(act, currency ?? firstCurrency()).name;

function whenText(act: NextAct, now_s: number): string {
  const w = desk();
  if (act.deadline_s === null) return "";
  const moment = formatMoment(act.deadline_s);
  return isLate(act, now_s) ? w.late(moment) : w.before(moment);
}
