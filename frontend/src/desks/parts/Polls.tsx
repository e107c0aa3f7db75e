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
import { openings } from "../../words/openings";
import { freeKeys } from "./ground";

const UNDER_WAY: readonly Status[] = ["open", "ended", "closed", "decrypting", "stalled"];

/** For the returning officer: keys that await a consultation; those under way with turnout and next step, never a partial count. */
export function Polls() {
  const w = desk();
  const read = useRead(readPolls, [head.value?.number]);
  const keys = useRead(freeKeys, [head.value?.number]).value ?? [];
  const polls = (read.value ?? []).filter(({ status }) => UNDER_WAY.includes(status));
  if (polls.length + keys.length === 0) return null;
  return (
    <ul class="acts">
      {keys.length > 0 && <Ready keys={keys.map(({ number }) => number)} />}
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

/** Keys that trustees made, and that serve nothing yet. */
function Ready({ keys }: { keys: readonly number[] }) {
  const w = openings();
  return (
    <li class="card stack">
      <h3>{keys.map((number) => w.plan.keyName(number)).join(" · ")}</h3>
      <div class="act-choice">
        <ButtonLink look="secondary" href={link("/desk/poll")}>
          {w.poll.title}
        </ButtonLink>
        <p class="hint">{w.poll.keyReady}</p>
      </div>
    </li>
  );
}

const deadlineOf = ({ status, closesAt_s, tallyBy_s }: Poll): number => (status === "open" ? closesAt_s : tallyBy_s);
