import { momentOf, type Planned, type PlannedFault } from "../../vote/booth/opening";
import { ButtonLink } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { link } from "../../router";
import { DRAW } from "../../vote/flows/opening";
import { formatMoment, formatNumber, formatShare } from "../../words/format";
import { openings } from "../../vote/words/openings";
import type { Ground } from "./ground";

interface Props {
  planned: Planned;
  change: (part: Partial<Planned>) => void;
  faults: Partial<Record<keyof Planned, PlannedFault>>;
  ground: Ground;
  isMinimumGiven?: boolean | undefined;
}

/** Dates, roll and key: what every consultation is opened with. */
export function PlanFields({ planned, change, faults, ground, isMinimumGiven }: Props) {
  const w = openings().plan;
  const { floors } = ground;
  const from = momentOf(planned.opens);
  const told = (name: keyof Planned): string | null => {
    const fault = faults[name];
    return fault ? openings().faults[fault] : null;
  };
  const moment = (name: "opens" | "closes" | "tally", hint?: string) => (
    <TextField
      label={w[name]}
      hint={hint}
      value={planned[name]}
      onValue={(value) => change({ [name]: value })}
      fault={told(name)}
      input={{ type: "datetime-local" }}
    />
  );
  return (
    <>
      <fieldset class="choice">
        <legend>{w.when}</legend>
        <p class="hint">{w.clock(formatMoment(ground.now_s))}</p>
        {moment("opens", w.notBefore(formatMoment(ground.now_s + floors.notice_s)))}
        {moment("closes", from === null ? undefined : w.notBefore(formatMoment(from + floors.duration_s)))}
        {moment("tally", w.tallyHint)}
      </fieldset>
      <Choice
        legend={w.roll}
        options={[
          ...ground.rolls.map(({ root, size, drawnAt_s }) => ({
            value: root as string,
            label: w.published(formatNumber(size)),
            note: w.publishedNote(formatMoment(drawnAt_s)),
          })),
          { value: DRAW, label: w.drawn, note: w.drawnNote },
        ]}
        value={planned.roll || null}
        onValue={(roll) => change({ roll })}
        fault={told("roll")}
      />
      {ground.keys.length > 0 ? (
        <Choice
          legend={w.key}
          options={ground.keys.map(({ number, needed, trustees }) => ({
            value: String(number),
            label: w.keyName(number),
            note: w.keyNote(needed, trustees.length),
          }))}
          value={planned.ceremony || null}
          onValue={(ceremony) => change({ ceremony })}
          fault={told("ceremony")}
        />
      ) : (
        <Notice tone="warn" live={false} title={w.noKeyYet}>
          <ButtonLink look="secondary" href={link("/desk/key")}>
            {openings().key.title}
          </ButtonLink>
          <ButtonLink look="quiet" href={link("/vote/keys")}>
            {w.toKeys}
          </ButtonLink>
        </Notice>
      )}
      {isMinimumGiven && faults.secrecy ? (
        <Notice tone="bad" live={false} title={told("secrecy") ?? ""} />
      ) : (
        !isMinimumGiven && (
          <TextField
            label={w.secrecy}
            hint={`${w.secrecyHint} ${w.secrecyBetween(formatNumber(floors.secrecyMinimum), formatShare(floors.secrecyShare_bps / 10_000))}`}
            value={planned.secrecy}
            onValue={(secrecy) => change({ secrecy })}
            fault={told("secrecy")}
            unit={w.secrecyUnit}
            input={{ inputMode: "numeric", autocomplete: "off" }}
          />
        )
      )}
    </>
  );
}
