import { getAddress } from "viem";
import { booth } from "../booth/booth";
import { type Poll, readPoll } from "../booth/polls";
import { head } from "../../chain/head";
import { closing, finalising } from "../flows/count";
import { useAct } from "../../acts/useAct";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Table } from "../../parts/Table";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/ballot.css";
import { ballot } from "../words/ballot";
import { titleOf } from "../parts/names";
import { ShareForm } from "../parts/ShareForm";
import { StatusBadge } from "../parts/StatusBadge";

/** After the vote: closing it, the trustees' shares, the result. Never a partial count. */
export default function Count({ parameters }: ViewProps) {
  const number = Number(parameters["id"]);
  const w = ballot().count;
  const read = useRead(() => readPoll(number), [number, head.value?.number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>{(poll) => (poll ? <Counting poll={poll} /> : <p>{ballot().missing}</p>)}</Reading>
    </Page>
  );
}

function Counting({ poll }: { poll: Poll }) {
  const w = ballot().count;
  const { status } = poll;
  return (
    <>
      <p class="poll-state">
        <a href={link(`/vote/${poll.number}`)}>{titleOf(poll)}</a> <StatusBadge status={status} />
      </p>
      {(status === "scheduled" || status === "open") && <Notice live={false} title={w.notYet} />}
      {status === "withheld" && <Notice tone="warn" live={false} title={ballot().explained.withheld} />}
      {status === "tallied" && <Notice tone="good" live={false} title={w.over} />}
      {status === "ended" && <NeedsWallet>{() => <Closing poll={poll} />}</NeedsWallet>}
      {(status === "closed" || status === "decrypting" || status === "stalled") && <Shares poll={poll} />}
    </>
  );
}

function Closing({ poll }: { poll: Poll }) {
  const w = ballot().count;
  const act = useAct();
  return (
    <section class="card">
      <h2>{w.close}</h2>
      <p>{w.closeNote}</p>
      <Button wide busy={act.isBusy} onClick={() => void act.direct(() => closing(poll, titleOf(poll)))}>
        {w.close}
      </Button>
      <Progress act={act} />
      <p class="hint">{w.anyone}</p>
    </section>
  );
}

function Shares({ poll }: { poll: Poll }) {
  const w = ballot().count;
  const read = useRead(() => booth().ask("shares", poll.number), [poll.number, head.value?.number]);
  return (
    <Reading read={read}>
      {({ given, claimed, needed, trustees }) => (
        <>
          <p>{w.progress(given.length, needed)}</p>
          <Table
            caption={w.trustees}
            columns={[
              { name: w.trustee, cell: ({ account }) => <Address address={getAddress(account)} /> },
              {
                name: w.state,
                cell: ({ index }) =>
                  given.includes(index) ? (
                    <span class="badge good">✓ {w.given}</span>
                  ) : claimed.includes(index) ? (
                    <span class="badge">{w.claimed}</span>
                  ) : (
                    <span class="badge">{w.awaited}</span>
                  ),
              },
            ]}
            rows={trustees.map((account, i) => ({ account, index: i + 1 }))}
          />
          <NeedsWallet>
            {() => (
              <>
                {given.length < needed && <ShareForm poll={poll} />}
                {given.length + claimed.length >= needed && <Finalising poll={poll} />}
              </>
            )}
          </NeedsWallet>
        </>
      )}
    </Reading>
  );
}

function Finalising({ poll }: { poll: Poll }) {
  const w = ballot().count;
  const act = useAct();
  return (
    <section class="card">
      <h2>{w.finalise}</h2>
      <p>{w.finaliseNote}</p>
      <Button wide busy={act.isBusy} onClick={() => void act.direct(() => finalising(poll, titleOf(poll)))}>
        {w.finalise}
      </Button>
      <Progress act={act} />
      <p class="hint">{w.anyone}</p>
    </section>
  );
}
