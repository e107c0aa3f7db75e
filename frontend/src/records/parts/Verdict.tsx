import { useEffect } from "preact/hooks";
import { online } from "../../chain/client";
import { head } from "../../chain/head";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { useRead } from "../../parts/read";
import { Facts, Table } from "../../parts/Table";
import { formatMoment, formatNumber } from "../../words/format";
import type { SeriesState } from "../chain/attested";
import { type Asked, type Checked, asked, problemsOf } from "../flows/check";
import { type Listed, listedState } from "../published";
import { papers } from "../words/papers";
import { PaperFacts } from "./PaperFacts";

/** What is shown, and whether to rely on it: first what needs no network, then what a node says. */
export function Verdict({
  found,
  onGood,
}: {
  found: Checked;
  /** Once nothing is against it: what was shown for a question is no answer to the next person's. */
  onGood: () => void;
}) {
  const w = papers();
  const { showing, took_ms } = found;
  const read = useRead(() => asked(showing), [showing, online.value]);
  const listed = useRead(() => listedState(showing.paper), [showing]).value ?? null;
  const problems = problemsOf(found, read.value ?? null, listed);
  const isGood = problems.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it becomes good, not at each rendering
  useEffect(() => {
    if (isGood) onGood();
  }, [isGood]);
  return (
    <section class="stack" data-testid="verdict" data-took-ms={took_ms}>
      <Judged problems={problems} isAsked={read.value !== undefined} />
      {showing.claims.length ? (
        <Table
          caption={w.fields}
          columns={[
            { name: w.field, cell: ({ name }) => name },
            { name: w.value, cell: ({ value }) => value ?? <span class="hint">{w.unsaid}</span> },
          ]}
          rows={showing.claims}
        />
      ) : (
        <p>{w.check.nothing}</p>
      )}
      <PaperFacts name={showing.definition.name} paper={showing.paper} />
      {read.value ? (
        <Told told={read.value} />
      ) : read.problem ? (
        <Unasked again={read.again} listed={listed} />
      ) : (
        <p role="status">{w.check.asking}</p>
      )}
      <p class="hint">{w.check.time(formatNumber(took_ms))}</p>
    </section>
  );
}

function Judged({ problems, isAsked }: { problems: readonly string[]; isAsked: boolean }) {
  const w = papers().check;
  if (problems.length === 0) return isAsked ? <Notice tone="good" title={w.good} /> : <Notice title={w.goodOffline} />;
  return (
    <Notice tone="bad" title={w.bad}>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Told({ told: { series, isUsed } }: { told: Asked }) {
  const w = papers().check;
  return (
    <>
      <Facts facts={[[w.accredited, accreditation(series)]]} />
      {isUsed && <Notice live={false}>{w.usedOnce}</Notice>}
    </>
  );
}

function accreditation(series: SeriesState | null): string {
  const w = papers().check;
  if (!series) return w.accreditedNever;
  const now_s = head.value?.timestamp_s ?? 0;
  return series.until_s > now_s ? w.accreditedUntil(formatMoment(series.until_s)) : w.accreditedNoMore;
}

function Unasked({ again, listed }: { again: () => void; listed: Listed | null }) {
  const w = papers().check;
  return (
    <Notice tone="warn" live={false}>
      <p>{w.unasked}</p>
      {listed?.isKnown && <p>{listedTold(listed)}</p>}
      <Button look="secondary" onClick={again}>
        {w.again}
      </Button>
    </Notice>
  );
}

function listedTold({ at_s, doubts }: Listed): string {
  const w = papers().check;
  const when = formatMoment(at_s);
  return doubts.length ? w.listedBad(when) : w.listed(when);
}
