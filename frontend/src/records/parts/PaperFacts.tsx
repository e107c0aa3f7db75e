import { Address } from "../../parts/Address";
import { Facts } from "../../parts/Table";
import { formatMoment } from "../../words/format";
import { type Paper, NOBODY } from "../paper/paper";
import { papers } from "../words/papers";

/** What everybody who sees a paper learns: which it is, whose, and how long it holds. */
export function PaperFacts({ name, paper }: { name: string; paper: Paper }) {
  const w = papers();
  const { number, issuer, subject, from, until, parents } = paper;
  return (
    <Facts
      facts={[
        [w.schema, `${name} (n° ${paper.schema})`],
        [w.number, number],
        [w.issuer, <Address address={issuer} copy />],
        [w.subject, subject === NOBODY ? w.nobody : <Address address={subject} copy />],
        ...(from ? ([[w.from, formatMoment(from)]] as const) : []),
        [w.until, until ? formatMoment(until) : w.endless],
        ...parents.map((it) => [w.parents, <ParentName key={it.number} paper={it} />] as const),
      ]}
    />
  );
}

function ParentName({ paper: { number, issuer } }: { paper: Paper }) {
  const w = papers();
  return (
    <span>
      {w.parent(number, "")}
      <Address address={issuer} />
    </span>
  );
}
