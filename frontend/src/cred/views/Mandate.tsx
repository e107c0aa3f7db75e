import { head } from "../../chain/head";
import { type Mandate, type Promised, readMandate } from "../history";
import { Address } from "../../parts/Address";
import { ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { useSticky } from "../../parts/sticky";
import { StepChart } from "../../parts/StepChart";
import { Facts, Figure, Table } from "../../parts/Table";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/ballot.css";
import { holds } from "../../wallet/who";
import { cred } from "../words/cred";
import { formatDay, formatNumber, formatShare } from "../../words/format";
import { partOf } from "./List";
import { findings } from "../parts/findings";
import { isFinal } from "../judging";
import { titleOf } from "../parts/names";
import { WHOLE_BPS } from "../pledges";
import { PledgeForm } from "../parts/PledgeForm";
import { Rounds } from "../parts/Rounds";
import { SilenceCard } from "../parts/Silence";
import { Verified } from "../parts/Verified";

/** A mandate: the capital over time, the promises, the evaluations. */
export default function MandateView({ parameters }: ViewProps) {
  const number = Number(parameters["mandate"]);
  const read = useRead(() => readMandate(number), [number, head.value?.number]);
  const w = cred();
  const title = read.value ? titleOf(read.value.subject) : w.list.title;
  return (
    <Page title={title}>
      <Reading read={read}>{(mandate) => (mandate ? <Told mandate={mandate} /> : <p>{w.mandate.missing}</p>)}</Reading>
    </Page>
  );
}

function Told({ mandate }: { mandate: Mandate }) {
  const w = cred().mandate;
  const { subject, endsAt_s, promises, capital, frozen, supply, ended } = mandate;
  const fixed_bps = promises.reduce((sum, { weight_bps }) => sum + weight_bps, 0);
  const mayPledge = useSticky(fixed_bps < WHOLE_BPS);
  return (
    <>
      <Facts
        facts={[
          [w.official, <Address address={subject} copy />],
          [ended ? w.over[ended] : w.ends, formatDay(endsAt_s)],
        ]}
      />
      {mayPledge && <PledgeForm mandate={mandate} />}
      {promises.length === 0 ? (
        <Notice live={false} title={w.notPledged} />
      ) : (
        <>
          <div class="figures">
            <Figure
              label={w.capital}
              value={formatNumber(capital - frozen)}
              note={`${formatShare(partOf(capital - frozen, supply))} ${w.supply(formatNumber(supply))}`}
            />
            {frozen > 0n && <Figure label={w.frozen} value={formatNumber(frozen)} note={w.frozenNote} />}
            <Figure label={w.burnt} value={formatNumber(supply - capital)} note={w.burntNote} />
          </div>
          <Curve mandate={mandate} />
          <section>
            <h2>{w.promises}</h2>
            {promises.map((promise) => (
              <PromiseCard key={promise.number} mandate={mandate} promise={promise} />
            ))}
          </section>
          <section>
            <h2>{w.rounds}</h2>
            <SilenceCard mandate={mandate} />
            <Rounds mandate={mandate} />
            {holds("returningOfficer") && (
              <ButtonLink look="secondary" href={link(`/desk/judge/${mandate.number}`)}>
                {w.judge}
              </ButtonLink>
            )}
          </section>
        </>
      )}
    </>
  );
}

function Curve({ mandate: { curve, supply, capital, endsAt_s } }: { mandate: Mandate }) {
  const w = cred().curve;
  const first = curve[0];
  if (!first) return null;
  const rows = curve.map(({ at_s, capital: left }, i) => {
    const before = curve[i - 1]?.capital ?? left;
    return { at_s, left, change: left - before };
  });
  const change = (amount: bigint): string => `${amount < 0n ? "−" : ""}${formatNumber(amount < 0n ? -amount : amount)}`;
  return (
    <section class="card">
      <h2>{w.title}</h2>
      <StepChart
        label={w.told(formatNumber(capital), formatNumber(supply))}
        steps={rows.map(({ at_s, left, change: by }) => ({
          at_s,
          value: left,
          ...(by ? { label: change(by) } : {}),
        }))}
        most={supply}
        until_s={Math.max(endsAt_s, curve.at(-1)?.at_s ?? 0)}
        ends={[formatDay(first.at_s), `${formatDay(endsAt_s)}, ${w.end}`]}
      />
      <details class="more">
        <summary>{w.table}</summary>
        <Table
          caption={w.title}
          columns={[
            { name: w.date, cell: ({ at_s }) => formatDay(at_s) },
            { name: w.capital, cell: ({ left }) => formatNumber(left), numeric: true },
            { name: w.change, cell: ({ change: by }) => (by ? change(by) : "–"), numeric: true },
          ]}
          rows={rows}
        />
      </details>
    </section>
  );
}

function PromiseCard({ mandate, promise }: { mandate: Mandate; promise: Promised }) {
  const w = cred().promise;
  const { number, text, weight_bps, stake, dueAt_s } = promise;
  return (
    <article class="card promise">
      <h3>{w.title(number + 1)}</h3>
      <p class="promise-text">{text.text ?? w.unknown}</p>
      <Verified text={text} />
      <Facts
        facts={[
          [w.weight, formatShare(weight_bps / 10_000)],
          [w.stake, `${formatNumber(stake)} Cred`],
          ...(isFinal(promise) ? [] : ([[w.due, formatDay(dueAt_s)]] as const)),
          ...findings(mandate, promise),
        ]}
      />
      <ButtonLink look="secondary" href={link(`/cred/${mandate.number}/${number}`)}>
        {w.open}
      </ButtonLink>
    </article>
  );
}
