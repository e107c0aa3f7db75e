import { useState } from "preact/hooks";
import type { Address } from "viem";
import { readContract } from "viem/actions";
import { keysOf } from "../../residents/keys";
import { type Placing, placeOf } from "../../vote/booth/place";
import { readPoll } from "../../vote/booth/polls";
import { at, chain } from "../../chain/client";
import { head } from "../../chain/head";
import type { Mandate, Round } from "../history";
import { useActsFor } from "../acting";
import { appeal, type Ending, ending, petition, ruling } from "../flows/cred";
import type { Act } from "../../acts/act";
import { useAct } from "../../acts/useAct";
import { appealsAbi } from "../../generated/Appeals";
import { promisesAbi } from "../../generated/Promises";
import { Button, ButtonLink } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import { useSticky } from "../../parts/sticky";
import { Table } from "../../parts/Table";
import { link } from "../../router";
import { session } from "../../wallet/session";
import { holds, who } from "../../wallet/who";
import { cred } from "../words/cred";
import { scored } from "./findings";
import { formatMoment, formatNumber } from "../../words/format";

/** The evaluations of a mandate, the newest first, each with what one may do now. */
export function Rounds({ mandate }: { mandate: Mandate }) {
  const w = cred().mandate;
  if (!mandate.rounds.length) return <p class="hint">{w.noRound}</p>;
  return (
    <>
      {[...mandate.rounds].reverse().map((round) => (
        <RoundCard key={round.evaluation} mandate={mandate} round={round} />
      ))}
    </>
  );
}

interface Standing {
  /** Whether the vote is open. */
  isOpen: boolean;
  /** Whether the vote has a result that nobody has published here. */
  isPublishable: boolean;
  /** Whether anyone gives its promises back: too few voted, or its trustees have long been late. */
  isReleasable: boolean;
  /** Until when subject and citizens appeal, whoever did before them; null when that is over, or not begun. */
  appealUntil_s: number | null;
  /** Until when the jury rules on what was appealed; null where nothing is, or that is over. */
  juryUntil_s: number | null;
  isSettleable: boolean;
  needed: number;
  rollRoot: `0x${string}`;
  rollSize: number;
}

async function standingOf(round: Round): Promise<Standing | null> {
  const contract = at("Appeals", appealsAbi);
  const [poll, appealPeriod_s, juryPeriod_s, petition_bps, patience_s] = await Promise.all([
    readPoll(round.consultation),
    readContract(chain(), { ...contract, functionName: "appealPeriod_s" }),
    readContract(chain(), { ...contract, functionName: "juryPeriod_s" }),
    readContract(chain(), { ...contract, functionName: "petition_bps" }),
    readContract(chain(), { ...at("Promises", promisesAbi), functionName: "patience_s" }),
  ]);
  if (!poll) return null;
  const now = head.peek()?.timestamp_s ?? 0;
  const { fate, publishedAt_s } = round;
  const isUndecided = fate === "published" || fate === "appealed";
  const until_s = publishedAt_s === null || !isUndecided ? null : publishedAt_s + appealPeriod_s;
  const standsFrom_s = until_s === null ? null : until_s + (fate === "appealed" ? juryPeriod_s : 0);
  const isLate = poll.status === "stalled" && now >= poll.tallyBy_s + patience_s;
  return {
    isOpen: poll.status === "open",
    isPublishable: fate === "underWay" && poll.status === "tallied",
    isReleasable: fate === "underWay" && (poll.status === "withheld" || isLate),
    appealUntil_s: until_s !== null && now < until_s ? until_s : null,
    juryUntil_s: fate === "appealed" && standsFrom_s !== null && now < standsFrom_s ? standsFrom_s : null,
    isSettleable: fate === "confirmed" || (standsFrom_s !== null && now >= standsFrom_s),
    needed: Math.max(1, Math.ceil((poll.rollSize * petition_bps) / 10_000)),
    rollRoot: poll.rollRoot,
    rollSize: poll.rollSize,
  };
}

function RoundCard({ mandate, round }: { mandate: Mandate; round: Round }) {
  const w = cred().round;
  const read = useRead(() => standingOf(round), [round.evaluation, round.fate, head.value?.number]);
  const standing = read.value;
  return (
    <article class="card stack">
      <h3>{w.title(round.evaluation)}</h3>
      <p class="poll-state">
        <span class={round.fate === "settled" ? "badge plain" : "badge"}>{w.fate[round.fate]}</span>
        {round.isMidTerm && <span class="hint">{w.midTerm}</span>}
      </p>
      {round.results.length > 0 && (
        <Table
          caption={w.result}
          columns={[
            { name: w.promise, cell: ({ promise }) => textAt(mandate, promise) },
            { name: w.opinions, cell: ({ opinions }) => formatNumber(opinions), numeric: true },
            { name: w.score, cell: scored, numeric: true },
          ]}
          rows={round.results.map((result, i) => ({ ...result, promise: round.promises[i] ?? 0 }))}
        />
      )}
      <ButtonLink look={standing?.isOpen ? "primary" : "secondary"} href={link(`/vote/${round.consultation}`)}>
        {standing?.isOpen ? w.voteNow : w.vote}
      </ButtonLink>
      {standing && session.value && <Acts mandate={mandate} round={round} standing={standing} />}
    </article>
  );
}

const textAt = ({ promises }: Mandate, number: number): string =>
  promises.find((promise) => promise.number === number)?.text.text ?? cred().promise.title(number + 1);

function Acts({ mandate, round, standing }: { mandate: Mandate; round: Round; standing: Standing }) {
  const w = cred().round;
  const isSubject = useActsFor(mandate.subject);
  const isAppealable = standing.appealUntil_s !== null;
  const appeals = useSticky(isAppealable && isSubject === true && !round.isAppealedBySubject);
  const petitions = useSticky(isAppealable && isSubject === false && who.value?.kind === "citizen");
  const rules = useSticky(round.fate === "appealed" && !isAppealable && !standing.isSettleable && holds("jury"));
  const publishes = useSticky(standing.isPublishable);
  const settles = useSticky(standing.isSettleable);
  const releases = useSticky(standing.isReleasable);
  const { evaluation } = round;
  return (
    <>
      {standing.appealUntil_s !== null && (
        <p>{(round.fate === "appealed" ? w.juryFrom : w.appealUntil)(formatMoment(standing.appealUntil_s))}</p>
      )}
      {!isAppealable && standing.juryUntil_s !== null && <p>{w.juryUntil(formatMoment(standing.juryUntil_s))}</p>}
      {isAppealable && round.petitioners > 0 && (
        <p>{w.petitioners(formatNumber(round.petitioners), formatNumber(standing.needed))}</p>
      )}
      {appeals && <AppealForm mandate={mandate} evaluation={evaluation} />}
      {petitions && <PetitionForm mandate={mandate} evaluation={evaluation} standing={standing} />}
      {rules && <RulingForm mandate={mandate} evaluation={evaluation} />}
      {publishes && <EndingForm what="publish" mandate={mandate} evaluation={evaluation} />}
      {settles && <EndingForm what="settle" mandate={mandate} evaluation={evaluation} />}
      {releases && <EndingForm what="release" mandate={mandate} evaluation={evaluation} />}
    </>
  );
}

interface FormProps {
  mandate: Mandate;
  evaluation: number;
}

const Done = ({ act }: { act: Act }) => <Progress act={act} done={<p class="notice-title">{cred().round.done}</p>} />;

function EndingForm({ what, mandate, evaluation }: FormProps & { what: Ending }) {
  const w = cred().round;
  const act = useAct();
  if (act.state.value.at === "done") return <Done act={act} />;
  return (
    <>
      <Button
        look="secondary"
        busy={act.isBusy}
        onClick={() => void act.direct(() => ending(what, evaluation, mandate.subject))}
      >
        {w[what]}
      </Button>
      <p class="hint">{w.anyone}</p>
      <Done act={act} />
    </>
  );
}

function AppealForm({ mandate, evaluation }: FormProps) {
  const w = cred().round;
  const act = useAct();
  const [grounds, setGrounds] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const send = (event: Event): void => {
    event.preventDefault();
    setFault(grounds.trim() ? null : w.groundsEmpty);
    if (grounds.trim()) void act.slip(() => appeal(evaluation, mandate.subject, grounds.trim()));
  };
  if (act.state.value.at === "done") return <Done act={act} />;
  return (
    <form class="stack" noValidate onSubmit={send}>
      <TextField label={w.grounds} hint={w.groundsHint} value={grounds} onValue={setGrounds} fault={fault} multiline />
      <Button type="submit" busy={act.isBusy}>
        {w.appeal}
      </Button>
      <Done act={act} />
    </form>
  );
}

function RulingForm({ mandate, evaluation }: FormProps) {
  const w = cred().round;
  const act = useAct();
  const [reasons, setReasons] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const rule = (confirms: boolean): void => {
    setFault(reasons.trim() ? null : w.reasonsEmpty);
    if (reasons.trim()) void act.direct(() => ruling(evaluation, mandate.subject, confirms, reasons.trim()));
  };
  if (act.state.value.at === "done") return <Done act={act} />;
  return (
    <div class="stack">
      <h4>{w.jury}</h4>
      <TextField label={w.reasons} hint={w.groundsHint} value={reasons} onValue={setReasons} fault={fault} multiline />
      <div class="actions">
        <Button busy={act.isBusy} onClick={() => rule(true)}>
          {w.confirm}
        </Button>
        <Button look="danger" busy={act.isBusy} onClick={() => rule(false)}>
          {w.annul}
        </Button>
      </div>
      <Done act={act} />
    </div>
  );
}

/** Her place on a roll, under the key that she had when it was sealed. */
async function seatOf(
  root: `0x${string}`,
  size: number,
  account: Address,
): Promise<{ key: Address; placing: Placing }> {
  let seat = { key: account, placing: await placeOf(root, size, account) };
  for (const key of await keysOf(account)) {
    if (seat.placing.at === "placed") break;
    seat = { key, placing: await placeOf(root, size, key) };
  }
  return seat;
}

function PetitionForm({ mandate, evaluation, standing }: FormProps & { standing: Standing }) {
  const w = cred().round;
  const act = useAct();
  const account = session.value?.account;
  const { rollRoot, rollSize } = standing;
  const read = useRead(async () => (account ? seatOf(rollRoot, rollSize, account) : null), [rollRoot, account]);
  const seat = read.value;
  if (!seat) return null;
  if (act.state.value.at === "done") return <Done act={act} />;
  const { key, placing } = seat;
  if (placing.at !== "placed") return <p class="hint">{w.notOnRoll}</p>;
  const { place } = placing;
  return (
    <>
      <Button
        look="secondary"
        busy={act.isBusy}
        onClick={() => void act.slip(() => petition(key, evaluation, mandate.subject, place))}
      >
        {w.petition}
      </Button>
      <Done act={act} />
    </>
  );
}
