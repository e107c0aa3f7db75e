import { opinionsOf, resultsOf } from "../ballot/questions";
import { questionOf, type Subject } from "../ballot/subject";
import { countsOf, type Poll } from "../booth/polls";
import { ShareBars } from "../../parts/ShareBars";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { type Column, Table } from "../../parts/Table";
import { link } from "../../router";
import { ballot } from "../words/ballot";
import { formatNumber, formatShare } from "../../words/format";

interface Row {
  option: string;
  count: number;
  /** From 0 to 1. */
  share: number;
}

/** The result as this node tells it, which an audit need not believe. */
export function Result({ poll }: { poll: Poll }) {
  const w = ballot().result;
  const read = useRead(() => countsOf(poll), [poll.number, poll.status]);
  return (
    <section class="card">
      <h2>{w.title}</h2>
      <Reading read={read}>
        {(counts) => poll.subject && <Counts subject={poll.subject} counts={counts} ballots={poll.ballots} />}
      </Reading>
      <p class="hint">
        {w.proven(formatNumber(poll.ballots))} <a href={link(`/vote/${poll.number}/audit`)}>{w.verifyToo}</a>
      </p>
    </section>
  );
}

/** What counters say of a subject, as a chart and the table beside it. */
export function Counts({ subject, counts, ballots }: { subject: Subject; counts: readonly number[]; ballots: number }) {
  return <Chart subject={subject} rows={rowsOf(subject, counts, ballots)} />;
}

function rowsOf(subject: Subject, counts: readonly number[], ballots: number): Row[] {
  if (subject.kind === "levels")
    return opinionsOf(counts).map(({ opinions, missing }, i) => ({
      option: subject.options[i] ?? "",
      count: opinions,
      share: opinions ? 1 - missing / (4 * opinions) : 0,
    }));
  const results = resultsOf(questionOf(subject), counts, ballots);
  const whole = subject.kind === "points" ? results.reduce((all, count) => all + count, 0) : ballots;
  return results.map((count, i) => ({ option: subject.options[i] ?? "", count, share: whole ? count / whole : 0 }));
}

function Chart({ subject: { kind }, rows }: { subject: Subject; rows: readonly Row[] }) {
  const w = ballot().result;
  const isJudged = kind === "levels";
  const caption = isJudged ? w.captionLevels : kind === "points" ? w.captionPoints : w.caption;
  const unit = isJudged ? w.opinions : kind === "points" ? w.points : w.votes;
  const columns: Column<Row>[] = [
    { name: w.option, cell: ({ option }) => option },
    { name: unit, cell: ({ count }) => formatNumber(count), numeric: true },
    { name: isJudged ? w.score : w.share, cell: ({ share }) => formatShare(share), numeric: true },
  ];
  return (
    <>
      <ShareBars
        label={caption}
        bars={rows.map(({ option, count, share }) => ({
          label: option,
          share,
          value: isJudged ? formatShare(share) : formatNumber(count),
          note: isJudged ? `${formatNumber(count)} ${w.opinions.toLowerCase()}` : formatShare(share),
        }))}
      />
      <details class="more">
        <summary>{w.table}</summary>
        <Table caption={caption} columns={columns} rows={rows} />
      </details>
    </>
  );
}
