import { useState } from "preact/hooks";
import { getAddress } from "viem";
import { booth, BoothError } from "../../booth/booth";
import { type Poll, readPoll } from "../../booth/polls";
import { head } from "../../chain/head";
import { closing, finalising, sharing } from "../../flows/count";
import { useAct } from "../../flows/useAct";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { FileChoice } from "../../parts/FileChoice";
import { Loading } from "../../parts/Loading";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Table } from "../../parts/Table";
import { link } from "../../router";
import type { ViewProps } from "../../routes/route";
import "../../style/ballot.css";
import { ballot } from "../../words/ballot";
import { titleOf } from "./names";
import "./refusals";
import { StatusBadge } from "./StatusBadge";

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
      {({ given, needed, trustees }) => (
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
                  ) : (
                    <span class="badge">{w.awaited}</span>
                  ),
              },
            ]}
            rows={trustees.map((account, i) => ({ account, index: i + 1 }))}
          />
          <NeedsWallet>
            {() => (given.length < needed ? <ShareForm poll={poll} /> : <Finalising poll={poll} />)}
          </NeedsWallet>
        </>
      )}
    </Reading>
  );
}

function ShareForm({ poll }: { poll: Poll }) {
  const w = ballot().count;
  const act = useAct();
  const [keyFile, setKeyFile] = useState<string | null>(null);
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [part, setPart] = useState<number | null>(null);
  const read = async (file: File | null): Promise<void> => {
    setFault(null);
    setKeyFile(file && (await file.text()));
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (keyFile === null || act.isBusy) return setFault(ballot().faults["not-a-key-file"]);
    setFault(null);
    await act.direct(async () => {
      try {
        return await sharing(poll, titleOf(poll), { keyFile, password }, setPart);
      } catch (error) {
        if (error instanceof BoothError && error.problem.kind === "unknown") setFault(error.problem.detail);
        throw error;
      } finally {
        setPart(null);
      }
    });
    setPassword("");
  };
  return (
    <form class="card stack" noValidate onSubmit={(event) => void send(event)}>
      <h2>{w.shareTitle}</h2>
      <p>{w.shareText}</p>
      <FileChoice label={w.keyFile} accept="application/json,.json" fault={fault} onFile={(file) => void read(file)} />
      <TextField
        label={w.password}
        value={password}
        onValue={setPassword}
        input={{ type: "password", autocomplete: "off" }}
      />
      {part !== null && (
        <>
          <Loading what={w.opening} />
          <progress max={1} value={part} aria-label={w.opening} />
        </>
      )}
      <Button type="submit" wide busy={act.isBusy}>
        {w.submit}
      </Button>
      {!fault && <Progress act={act} />}
      <p class="hint">
        {w.command} <code>ape run vote share {poll.number} KEYFILE</code>
      </p>
      <p class="hint">{w.anyone}</p>
    </form>
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
