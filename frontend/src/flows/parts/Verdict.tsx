import { Notice } from "../../parts/Notice";
import type { Finding, Place, Verdict as Found } from "../energy/verify";
import { checks } from "../words/checks";
import { CheckList } from "./CheckList";

const MOST_SHOWN = 20;

/** Each check in words; of what is false, the first, and what refutes it. */
export function Verdict({ verdict: { absences, done, findings } }: { verdict: Found }) {
  const w = checks();
  const [first] = findings;
  return (
    <section class="stack" data-testid="energy-verdict">
      <h2>{w.title}</h2>
      {first ? (
        <Notice tone="bad" title={w.first}>
          <p>{w.found(w.of[first.check], placeOf(first.at))}</p>
          <p>{refutationOf(first)}</p>
        </Notice>
      ) : (
        <Notice tone="good" title={w.whole}>
          <p>{w.wholeNote}</p>
        </Notice>
      )}
      {absences.length > 0 && (
        <Notice tone="warn" title={w.absent(absences.length)}>
          <p>{w.absentNote}</p>
          <ul>
            {absences.slice(0, MOST_SHOWN).map(({ meter, isCommitted }) => (
              <li key={meter}>
                <code>{meter}</code>, {isCommitted ? w.committed : w.uncommitted}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <CheckList items={done.map((it) => [w.of[it], !findings.some(({ check }) => check === it)])} />
    </section>
  );
}

function placeOf({ column, step, slot }: Place): string {
  const w = checks().place;
  const told = [
    ...(column === undefined ? [] : [w.column(column)]),
    ...(step === undefined ? [] : [w.step(step)]),
    ...(slot === undefined ? [] : [w.slot(slot)]),
  ];
  return told.join(", ");
}

function refutationOf({ falsity }: Finding): string {
  const w = checks();
  return falsity === null ? w.unrefuted : `${w.refuted(w.falsities[falsity])} ${w.command}`;
}
