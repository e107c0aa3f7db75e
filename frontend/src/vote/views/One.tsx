import { type Poll, readPoll } from "../booth/polls";
import { head } from "../../chain/head";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/ballot.css";
import { ballot } from "../words/ballot";
import { subjects } from "../words/subjects";
import { formatMoment, formatNumber, formatShare } from "../../words/format";
import { BoothFlow } from "../parts/BoothFlow";
import { titleOf } from "../parts/names";
import { Receipts } from "../parts/Receipts";
import { Result } from "../parts/Result";
import { StatusBadge } from "../parts/StatusBadge";

/** One consultation: what is asked, where it stands, the booth, the receipts, the result. */
export default function One({ parameters }: ViewProps) {
  const number = Number(parameters["id"]);
  const read = useRead(() => readPoll(number), [number, head.value?.number]);
  const title = read.value ? titleOf(read.value) : ballot().unknownText(number);
  return (
    <Page title={title} lead={read.value?.judged ? ballot().judgingNote : undefined}>
      <Reading read={read}>{(poll) => (poll ? <Consultation poll={poll} /> : <p>{ballot().missing}</p>)}</Reading>
    </Page>
  );
}

function Consultation({ poll }: { poll: Poll }) {
  const w = ballot();
  const { status, subject, isFalse, fault } = poll;
  const explained = status in w.explained ? w.explained[status as keyof typeof w.explained] : "";
  return (
    <>
      <p class="poll-state">
        <StatusBadge status={status} /> {explained && <span class="hint">{explained}</span>}
      </p>
      {isFalse && (
        <Notice tone="bad" title={w.textFalse}>
          {fault && <p>{subjects().faults[fault.fault](fault.key)}</p>}
        </Notice>
      )}
      {!subject && !isFalse && <Notice tone="warn" title={w.textElsewhere} />}
      {status === "tallied" && <Result poll={poll} />}
      {status === "open" && subject && !isFalse && (
        <section class="card">
          <h2>{w.booth.title}</h2>
          <NeedsWallet>
            {(session) => <BoothFlow key={session.account} poll={poll} account={session.account} />}
          </NeedsWallet>
        </section>
      )}
      {status !== "scheduled" && <Receipts poll={poll} />}
      <Particulars poll={poll} />
      <p class="actions">
        <a href={link(`/vote/${poll.number}/audit`)}>{w.audit.open}</a>
        <a href={link(`/vote/${poll.number}/count`)}>{w.count.link}</a>
        {poll.judged && <a href={link(`/cred/${poll.judged.mandate}`)}>{w.toMandate}</a>}
      </p>
    </>
  );
}

function Particulars({ poll }: { poll: Poll }) {
  const w = ballot().facts;
  const { opensAt_s, closesAt_s, tallyBy_s, rollSize, ballots, secrecyMinimum, status } = poll;
  return (
    <section>
      <Facts
        facts={[
          [w.opens, formatMoment(opensAt_s)],
          [w.closes, formatMoment(closesAt_s)],
          ...(status === "tallied" ? [] : ([[w.tally, formatMoment(tallyBy_s)]] as const)),
          [w.roll, formatNumber(rollSize)],
          [w.ballots, formatNumber(ballots)],
          [w.turnout, formatShare(rollSize ? ballots / rollSize : 0)],
          ...(status === "tallied" ? [] : ([[w.minimum, w.minimumValue(formatNumber(secrecyMinimum))]] as const)),
        ]}
      />
    </section>
  );
}
