import { type Address, isAddressEqual } from "viem";
import { type Phase, readCeremonies } from "../booth/ceremonies";
import { hear } from "../booth/heard";
import { type Poll, readPolls, type Status } from "../booth/polls";
import { head } from "../../chain/head";
import { ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import "../../style/ballot.css";
import { session } from "../../wallet/session";
import { holds } from "../../wallet/who";
import { ballot } from "../words/ballot";
import { keys } from "../words/keys";
import { formatMoment, formatNumber } from "../../words/format";
import { titleOf } from "../parts/names";
import { StatusBadge } from "../parts/StatusBadge";

/** Every consultation: those that are open first. */
export default function List() {
  const w = ballot().list;
  const read = useRead(readPolls, [head.value?.number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>
        {(polls) =>
          polls.length ? (
            <>
              <Group title={w.now} polls={polls.filter(({ status }) => status === "open")} />
              <Group title={w.next} polls={polls.filter(({ status }) => status === "scheduled")} />
              <Group title={w.past} polls={polls.filter(isOver)} />
            </>
          ) : (
            <p>{w.none}</p>
          )
        }
      </Reading>
      <Awaited />
      {holds("returningOfficer") && (
        <ButtonLink look="secondary" href={link("/desk/poll")}>
          {ballot().list.open}
        </ButtonLink>
      )}
      <p>
        <a href={link("/vote/keys")}>{keys().link}</a>
      </p>
    </Page>
  );
}

/** Tells a trustee that a ceremony waits for her. */
function Awaited() {
  const w = keys();
  const account = session.value?.account;
  const read = useRead(async () => account !== undefined && awaits(account), [account, head.value?.number]);
  if (!read.value) return null;
  return (
    <Notice live={false} title={w.awaitsYou}>
      <ButtonLink look="secondary" href={link("/vote/keys")}>
        {w.link}
      </ButtonLink>
    </Notice>
  );
}

/** Whether a ceremony at work has nothing signed yet of hers. */
async function awaits(account: Address): Promise<boolean> {
  const isHers = (trustee: { account: Address }): boolean => isAddressEqual(trustee.account, account);
  const hers = (await readCeremonies()).filter((it) => AT_WORK.includes(it.phase) && it.trustees.some(isHers));
  const heard = await Promise.all(hers.map(hear));
  return heard.some(({ trustees }) => trustees.some((it) => isHers(it) && !it.shown.hasActed && !it.shown.isExcluded));
}

const AT_WORK: readonly Phase[] = ["enrolment", "commit", "deal"];
const CURRENT: readonly Status[] = ["open", "scheduled"];
const isOver = ({ status }: Poll): boolean => !CURRENT.includes(status);

function Group({ title, polls }: { title: string; polls: readonly Poll[] }) {
  if (!polls.length) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="list polls">
        {polls.map((poll) => (
          <li key={poll.number}>
            <a href={link(`/vote/${poll.number}`)}>
              <span class="poll-title">{titleOf(poll)}</span>
              <span class="poll-state">
                <StatusBadge status={poll.status} /> <span class="hint">{when(poll)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function when({ status, opensAt_s, closesAt_s, ballots, rollSize }: Poll): string {
  const w = ballot().list;
  if (status === "scheduled") return w.from(formatMoment(opensAt_s));
  if (status === "open") return w.until(formatMoment(closesAt_s));
  return w.turnout(formatNumber(ballots), formatNumber(rollSize));
}
