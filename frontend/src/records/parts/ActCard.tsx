import { Copy } from "../../parts/Copy";
import { Facts } from "../../parts/Table";
import { core } from "../../words/core";
import { formatDay, formatHash } from "../../words/format";
import type { ActProblem, AuditedAct } from "../paper/actaudit";
import { acts } from "../words/acts";

/** An act: what it says, that its proof was checked, what carried it out, what is wrong with it. */
export function ActCard({ audited: { act, number, issued_s, executedBy, problems } }: { audited: AuditedAct }) {
  const w = acts();
  const { values, isIndividual } = act;
  const said = (name: string): string => values[name] ?? "";
  return (
    <article class="card stack">
      <h3>
        {number} {isIndividual ? "" : `· ${said("delib_objet")}`}
      </h3>
      <p>
        <span class="badge good">{w.proven}</span>{" "}
        {problems.map((problem) => (
          <span key={problem.kind} class="badge late">
            {(w.told.act[problem.kind] as (it: ActProblem) => string)(problem)}
          </span>
        ))}
      </p>
      {isIndividual && <p class="hint">{w.individual}</p>}
      <Facts
        facts={[
          [w.voted, formatDay(Date.parse(`${said("delib_date")}T00:00Z`) / 1000)],
          [w.published, formatDay(issued_s)],
          [w.matter, `${said("delib_matiere_code")} ${said("delib_matiere_nom")}`],
          ...(said("vote_pour")
            ? ([
                [w.votes, w.voteCounts(said("vote_pour"), said("vote_contre") || "0", said("vote_abstention") || "0")],
              ] as const)
            : []),
          ...(said("document")
            ? ([[w.document, <Hash key="document" hash={said("document") as Hash} />]] as const)
            : []),
          ...executedBy.map((transaction) => [w.executedBy, <Hash key={transaction} hash={transaction} />] as const),
        ]}
      />
    </article>
  );
}

type Hash = `0x${string}`;

function Hash({ hash }: { hash: Hash }) {
  return (
    <span class="address">
      <span title={hash}>{formatHash(hash)}</span> <Copy text={hash} label={`${core().copy} ${hash}`} />
    </span>
  );
}

/** Where a number is missing. */
export function Gap({ number }: { number: string }) {
  return <p class="gap notice bad">{acts().told.register.missing({ kind: "missing", number })}</p>;
}
