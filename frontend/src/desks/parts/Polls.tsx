import type { Address } from "viem";
import { type Poll, type Status, readPolls } from "../../vote/booth/polls";
import { addressOf } from "../../chain/client";
import { head, now_s } from "../../chain/head";
import { readMandates } from "../../cred/history";
import { judgeable } from "../../cred/judging";
import { nameOf } from "../../parts/Address";
import { ButtonLink } from "../../parts/Button";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { StatusBadge } from "../../vote/parts/StatusBadge";
import { titleOf } from "../../vote/parts/names";
import { ballot } from "../../vote/words/ballot";
import { desk } from "../words/desk";
import { formatMoment, formatNumber } from "../../words/format";
import { openings } from "../../vote/words/openings";
import { freeKeys } from "./ground";

const UNDER_WAY: readonly Status[] = ["open", "ended", "closed", "decrypting", "stalled"];

/**
 * For the returning officer: promises that are due, keys that serve nothing yet, and consultations under way with
 * turnout and
 * the next step, never a partial count.
 */
export function Polls() {
  const w = desk();
  const read = useRead(readPolls, [head.value?.number]);
  const keys = useRead(freeKeys, [head.value?.number]).value ?? [];
  const due = useRead(readDue, [head.value?.number]).value ?? [];
  const polls = (read.value ?? []).filter(({ status }) => UNDER_WAY.includes(status));
  if (polls.length + keys.length + due.length === 0) return null;
  return (
    <ul class="acts">
      {due.map((it) => (
        <Waiting key={it.mandate} due={it} />
      ))}
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

interface Due {
  mandate: number;
  subject: Address;
  count: number;
}

/** Mandates of which promises wait to be judged. */
async function readDue(): Promise<Due[]> {
  if (!addressOf("Promises")) return [];
  const [mandates, now] = await Promise.all([readMandates(), now_s()]);
  return mandates
    .map((it) => ({ mandate: it.number, subject: it.subject, count: judgeable(it, Number(now)).length }))
    .filter(({ count }) => count > 0);
}

function Waiting({ due: { mandate, subject, count } }: { due: Due }) {
  const w = openings().round;
  return (
    <li class="card stack">
      <h3>{`${nameOf(subject)} · ${w.dueNow(count)}`}</h3>
      <div class="act-choice">
        <ButtonLink look="secondary" href={link(`/desk/judge/${mandate}`)}>
          {w.title} <span class="hidden">{`— ${nameOf(subject)}`}</span>
        </ButtonLink>
        <p class="hint">{w.dueNote}</p>
      </div>
    </li>
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
