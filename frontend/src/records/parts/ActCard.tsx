import { Copy } from "../../parts/Copy";
import { Facts } from "../../parts/Table";
import { core } from "../../words/core";
import { formatDay, formatHash } from "../../words/format";
import type { ActProblem, AuditedAct, RegisterProblem } from "../paper/actaudit";
import { acts } from "../words/acts";

/** An act: what it says, whether its proof was checked, what carried it out, what is wrong with it. */
export function ActCard({
  audited: { act, number, issued_s, executedBy, problems },
  isCompared,
}: {
  audited: AuditedAct;
  /** With the chain; else with what the site tells. */
  isCompared: boolean;
}) {
  const w = acts();
  const { values, isIndividual } = act;
  const isDay = !problems.some(({ kind }) => kind === "noDay");
  const said = (name: string): string => values[name] ?? "";
  return (
    <article class="card stack">
      <h3>
        {number} {isIndividual ? "" : `· ${said("delib_objet")}`}
      </h3>
      <p>
        {isCompared ? <span class="badge good">{w.proven}</span> : <span class="badge plain">{w.asListed}</span>}{" "}
        {problems.map((problem) => (
          <span key={problem.kind} class="badge late">
            {(w.told.act[problem.kind] as (it: ActProblem) => string)(problem)}
          </span>
        ))}
      </p>
      {isIndividual && <p class="hint">{w.individual}</p>}
      <Facts
        facts={[
          [w.voted, isDay ? formatDay(Date.parse(`${said("delib_date")}T00:00Z`) / 1000) : said("delib_date")],
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
          ...executedBy.map(({ transaction, isToldOnly }) => {
            const name = isToldOnly ? w.executedByWord : w.executedBy;
            return [name, <Hash key={transaction} hash={transaction} />] as const;
          }),
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

/** Where a number is missing, or several in a row. */
export function Gap({ gap }: { gap: Omit<Extract<RegisterProblem, { kind: "missing" }>, "kind"> }) {
  return <p class="gap notice bad">{acts().told.register.missing({ ...gap, kind: "missing" })}</p>;
}
