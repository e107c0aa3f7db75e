import { useMemo, useState } from "preact/hooks";
import { Field } from "../../parts/Field";
import { Table } from "../../parts/Table";
import { formatShare, formatTime } from "../../words/format";
import { DRAWS } from "../energy/header";
import type { OwnMonth, OwnStep } from "../energy/own";
import { dayOf, kwhOf } from "../told";
import { energy } from "../words/energy";
import { DayBars } from "./DayBars";
import { Folded } from "./Folded";

interface Day {
  day: string;
  own_wh: number;
  shared_wh: number;
  steps: OwnStep[];
}

function daysOf({ steps }: OwnMonth): Day[] {
  const days = new Map<string, Day>();
  for (const step of steps) {
    const day = days.get(step.day) ?? { day: step.day, own_wh: 0, shared_wh: 0, steps: [] };
    day.own_wh += step.own_wh;
    day.shared_wh += step.shared_wh;
    day.steps.push(step);
    days.set(step.day, day);
  }
  return [...days.values()];
}

const shareOf = ({ own_wh, shared_wh }: Pick<Day, "own_wh" | "shared_wh">): string =>
  formatShare(own_wh === 0 ? 0 : shared_wh / own_wh);

/** What one's meter read, day by day and step by step, and how much of it was shared. */
export function Curve({ month }: { month: OwnMonth }) {
  const w = energy().month;
  const days = useMemo(() => daysOf(month), [month]);
  const [chosen, setChosen] = useState(days[0]?.day ?? "");
  const day = days.find((it) => it.day === chosen);
  const own = month.kind === DRAWS ? w.draws : w.injects;
  const { timezone } = month.rules;
  const sum = (of: (it: Day) => number): number => days.reduce((all, it) => all + of(it), 0);
  const columns = [
    { name: own, cell: (it: Pick<Day, "own_wh">) => kwhOf(it.own_wh), numeric: true },
    { name: w.shared, cell: (it: Pick<Day, "shared_wh">) => kwhOf(it.shared_wh), numeric: true },
  ];
  const caption = w.chart(kwhOf(sum((it) => it.own_wh)), kwhOf(sum((it) => it.shared_wh)));
  return (
    <section class="stack">
      <h2>{own}</h2>
      <p>{caption}</p>
      {(month.missing > 0 || month.estimated > 0) && <p class="hint">{w.marks(month.missing, month.estimated)}</p>}
      <DayBars
        label={caption}
        legend={[own, w.shared]}
        bars={days.map((it) => ({ name: dayOf(it.day), whole: it.own_wh, part: it.shared_wh }))}
      />
      <Folded summary={w.table}>
        {() => (
          <Table
            caption={w.table}
            hideCaption
            columns={[
              { name: w.day, cell: (it: Day) => dayOf(it.day) },
              ...columns,
              { name: w.shareOf, cell: shareOf, numeric: true },
            ]}
            rows={days}
          />
        )}
      </Folded>
      <Field label={w.day}>
        {(wiring) => (
          <select {...wiring} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            {days.map((it) => (
              <option key={it.day} value={it.day}>
                {dayOf(it.day)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {day && (
        <>
          <DayBars
            label={w.dayChart(dayOf(day.day))}
            legend={[own, w.shared]}
            bars={day.steps.map((it) => ({
              name: formatTime(it.at_s, timezone),
              whole: it.own_wh,
              part: it.shared_wh,
            }))}
          />
          <Folded summary={w.dayTable}>
            {() => (
              <Table
                caption={w.dayChart(dayOf(day.day))}
                hideCaption
                columns={[{ name: w.hour, cell: (it: OwnStep) => formatTime(it.at_s, timezone) }, ...columns]}
                rows={day.steps}
              />
            )}
          </Folded>
        </>
      )}
    </section>
  );
}
