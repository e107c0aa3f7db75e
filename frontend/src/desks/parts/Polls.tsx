import { type Poll, type Status, readPolls } from "../../booth/polls";
import { head } from "../../chain/head";
import { ButtonLink } from "../../parts/Button";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { StatusBadge } from "../../views/vote/StatusBadge";
import { titleOf } from "../../views/vote/names";
import { ballot } from "../../words/ballot";
import { desk } from "../../words/desk";
import { formatMoment, formatNumber } from "../../words/format";

const UNDER_WAY: readonly Status[] = ["open", "ended", "closed", "decrypting", "stalled"];

/** Consultations under way, for the returning officer: turnout and the next step, never a partial count. */
export function Polls() {
  const w = desk();
  const read = useRead(readPolls, [head.value?.number]);
  const polls = (read.value ?? []).filter(({ status }) => UNDER_WAY.includes(status));
  if (polls.length === 0) return null;
  return (
    <ul class="acts">
      {polls.map((poll) => (
        <li key={poll.number} class="card stack">
          <div class="act-head">
            <h3>{titleOf(poll)}</h3>
            <span class="when hint">{w.before(formatMoment(deadlineOf(poll)))}</span>
          </div>
          <p class="row">
            <StatusBadge status={poll.status} />
            <span>{ballot().list.turnout(formatNumber(poll.ballots), formatNumber(poll.rollSize))}</span>
          </p>
          {poll.status !== "open" && (
            <ButtonLink look="secondary" href={link(`/vote/${poll.number}/count`)}>
              {ballot().count.title} <span class="hidden">{`— ${titleOf(poll)}`}</span>
            </ButtonLink>
          )}
        </li>
      ))}
    </ul>
  );
}

const deadlineOf = ({ status, closesAt_s, tallyBy_s }: Poll): number => (status === "open" ? closesAt_s : tallyBy_s);
