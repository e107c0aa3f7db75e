import { useMemo, useState } from "preact/hooks";
import { Field } from "../../parts/Field";
import { Table } from "../../parts/Table";
import { formatShare, formatTime } from "../../words/format";
import { DRAWS } from "../energy/header";
import type { OwnDay, OwnMonth } from "../energy/own";
import { dayOf, kwhOf } from "../told";
import { energy } from "../words/energy";
import { DayBars } from "./DayBars";
import { Folded } from "./Folded";

interface Day extends Wh {
  day: string;
  steps: OwnDay;
}

interface Wh {
  own_wh: number;
  shared_wh: number;
}

const sumOf = (all: Float64Array): number => all.reduce((sum, it) => sum + it, 0);

const summed = (steps: OwnDay): Day => ({
  day: steps.day,
  own_wh: sumOf(steps.own_wh),
  shared_wh: sumOf(steps.shared_wh),
  steps,
});

interface Step extends Wh {
  at_s: number;
}

const stepsOf = ({ own_wh, shared_wh, start_s }: OwnDay, step_s: number): Step[] =>
  Array.from(own_wh, (own, at) => ({ at_s: start_s + at * step_s, own_wh: own, shared_wh: shared_wh[at] ?? 0 }));

const shareOf = ({ own_wh, shared_wh }: Wh): string => formatShare(own_wh === 0 ? 0 : shared_wh / own_wh);

/** What one's meter read, day by day and step by step, and how much of it was shared. */
export function Curve({ month }: { month: OwnMonth }) {
  const w = energy().month;
  const days = useMemo(() => month.days.map(summed), [month]);
  const [chosen, setChosen] = useState(days[0]?.day ?? "");
  const day = days.find((it) => it.day === chosen);
  const own = month.kind === DRAWS ? w.draws : w.injects;
  const { step_s, timezone } = month;
  const steps = useMemo(() => (day ? stepsOf(day.steps, step_s) : []), [day, step_s]);
  const sum = (of: (it: Day) => number): number => days.reduce((all, it) => all + of(it), 0);
  const columns = [
    { name: own, cell: (it: Wh) => kwhOf(it.own_wh), numeric: true },
    { name: w.shared, cell: (it: Wh) => kwhOf(it.shared_wh), numeric: true },
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
            bars={steps.map((it) => ({
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
                columns={[{ name: w.hour, cell: (it: Step) => formatTime(it.at_s, timezone) }, ...columns]}
                rows={steps}
              />
            )}
          </Folded>
        </>
      )}
    </section>
  );
}
