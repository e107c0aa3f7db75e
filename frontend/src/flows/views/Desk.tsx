import { useState } from "preact/hooks";
import { type Address as Account, isAddressEqual } from "viem";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { Address, nameOf } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts, Table } from "../../parts/Table";
import type { ViewProps } from "../../route";
import { paidIn } from "../../town/currency";
import { session } from "../../wallet/session";
import { formatAmount, formatHash, formatMoment, formatSigned } from "../../words/format";
import {
  type Contest,
  type Operation,
  type SettledLine,
  type Standing,
  readContests,
  readReasons,
  readSettled,
  standingOf,
} from "../chain/clearing";
import type { Line } from "../energy/header";
import { labour } from "../energy/labour";
import { release, retract, rule, settle } from "../flows/clearing";
import { AmountForm } from "../parts/AmountForm";
import { ChosenFile } from "../parts/ChosenFile";
import { InOperation, Where } from "../parts/InOperation";
import { ReasonCheck } from "../parts/ReasonCheck";
import { faultTold } from "../told";
import { energy } from "../words/energy";

const amountOf = (cents: bigint): string => formatAmount(cents, paidIn("Clearing"));
const isMe = (account: Account): boolean => session.value !== null && isAddressEqual(session.value.account, account);

interface State {
  organiser: Standing;
  contests: readonly Contest[];
  reasons: readonly Contest[];
  lines: readonly SettledLine[];
}

/** Where a period stands, who contests, what the organiser carries, what waits for the arbiter. */
export default function Desk({ parameters: { op = "" } }: ViewProps) {
  const w = energy().desk;
  return (
    <Page title={w.title} lead={w.lead} wide>
      <InOperation op={op} here="desk">
        {(operation) => <All operation={operation} />}
      </InOperation>
    </Page>
  );
}

function All({ operation }: { operation: Operation }) {
  const w = energy();
  const read = useRead(async (): Promise<State> => {
    const [organiser, contests, reasons, lines] = await Promise.all([
      standingOf(operation.op, operation.terms.organiser),
      readContests(operation),
      readReasons(operation.op),
      readSettled(operation.op),
    ]);
    return { organiser, contests, reasons, lines };
  }, [operation.op, operation.statementHash, head.value?.number]);
  return (
    <Reading read={read}>
      {({ organiser, contests, reasons, lines }) => (
        <>
          <section class="stack">
            <h2>{w.status.title}</h2>
            <Where operation={operation} />
            <Facts facts={[[w.desk.ownBalance, amountOf(organiser.balance_cents)]]} />
            <Settle operation={operation} />
          </section>
          <Contests contests={contests} />
          {reasons.length > 0 && <ReasonCheck contests={reasons} />}
          <Lines lines={lines} />
          <Held operation={operation} lines={lines} />
        </>
      )}
    </Reading>
  );
}

function Settle({ operation }: { operation: Operation }) {
  const w = energy().desk;
  const [settling, retracting] = [useAct(), useAct()];
  const [file, setFile] = useState<File | null>(null);
  const [lines, setLines] = useState<readonly Line[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { statement, status, terms } = operation;
  const read = async (chosen: File): Promise<void> => {
    setFile(chosen);
    setLines(null);
    setFault(null);
    try {
      const found = await labour("lines", { file: chosen });
      if (found.hash === statement?.linesHash) setLines(found.lines);
      else setFault(w.otherLines);
    } catch (error) {
      setFault(faultTold(error));
    }
  };
  return (
    <>
      {status === "stated" && isMe(terms.organiser) && (
        <Button look="danger" busy={retracting.isBusy} onClick={() => void retracting.direct(() => retract(operation))}>
          {w.retract}
        </Button>
      )}
      <Progress act={retracting} done={<p class="notice-title">{w.retracted}</p>} />
      {status === "due" && (
        <>
          <h3>{w.settle}</h3>
          <p class="hint">{w.settleLead}</p>
          <ChosenFile
            label={energy().street.file}
            hint={energy().street.drop}
            file={file}
            onFile={(it) => void read(it)}
          />
          {fault && (
            <Notice tone="bad">
              <p>{fault}</p>
            </Notice>
          )}
          {lines && (
            <Button busy={settling.isBusy} onClick={() => void settling.direct(() => settle(operation, lines))}>
              {w.settleSubmit(lines.length)}
            </Button>
          )}
        </>
      )}
      <Progress act={settling} done={<p class="notice-title">{w.settled}</p>} />
    </>
  );
}

function Contests({ contests }: { contests: readonly Contest[] }) {
  const w = energy().desk;
  return (
    <section class="stack">
      <h2>{w.contests}</h2>
      {contests.length === 0 && <p>{w.noContest}</p>}
      <ul class="list">
        {contests.map(({ member, reasonHash }) => (
          <li key={member}>
            <Address address={member} copy /> <span class="hint">{w.reason(formatHash(reasonHash))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lines({ lines }: { lines: readonly SettledLine[] }) {
  const w = energy().desk;
  return (
    <section class="stack">
      <h2>{w.lines}</h2>
      {lines.length === 0 ? (
        <p>{w.noLines}</p>
      ) : (
        <Table
          caption={w.lines}
          hideCaption
          columns={[
            { name: energy().mandate.period, cell: ({ period }) => period, numeric: true },
            { name: w.member, cell: ({ member }) => <Address address={member} /> },
            { name: energy().mandate.line, cell: ({ amount_cents }) => formatSigned(-amount_cents), numeric: true },
            { name: w.carried, cell: (it) => centsOrNone(it.carried_cents), numeric: true },
            { name: w.held, cell: ({ held }) => centsOrNone(held?.held_cents ?? 0n), numeric: true },
          ]}
          rows={lines}
        />
      )}
    </section>
  );
}

const centsOrNone = (cents: bigint): string => (cents === 0n ? "" : amountOf(cents));

function Held({ operation, lines }: { operation: Operation; lines: readonly SettledLine[] }) {
  const w = energy().desk;
  const open = lines.flatMap(({ held, member, period }) =>
    held?.end === "open" ? [{ member, period, held_cents: held.held_cents, ruleBy_s: held.ruleBy_s }] : [],
  );
  return (
    <section class="stack">
      <h2>{w.arbiter}</h2>
      {open.length === 0 && <p>{w.noHeld}</p>}
      {open.map((it) => (
        <One key={`${it.period}/${it.member}`} operation={operation} held={it} />
      ))}
    </section>
  );
}

interface HeldLine {
  member: Account;
  period: number;
  held_cents: bigint;
  ruleBy_s: number;
}

function One({ operation, held }: { operation: Operation; held: HeldLine }) {
  const w = energy().desk;
  const [ruling, releasing] = [useAct(), useAct()];
  const { member, period, held_cents, ruleBy_s } = held;
  const isLate = (head.value?.timestamp_s ?? 0) > ruleBy_s;
  const most = amountOf(held_cents);
  return (
    <div class="card stack">
      <h3>{w.heldOf(nameOf(member), period)}</h3>
      <Facts facts={[[w.held, most]]} />
      <p>{isLate ? w.late : w.ruleBy(formatMoment(ruleBy_s))}</p>
      {!isLate && isMe(operation.terms.arbiter) && (
        <AmountForm
          label={w.due}
          hint={w.dueHint(most)}
          submit={w.rule}
          most_cents={held_cents}
          tooMuch={w.dueTooMuch(most)}
          isZeroFine
          busy={ruling.isBusy}
          onAmount={(cents) => void ruling.direct(() => rule(operation, period, member, cents))}
        />
      )}
      <Progress act={ruling} done={<p class="notice-title">{w.ruled}</p>} />
      {isLate && session.value && (
        <Button busy={releasing.isBusy} onClick={() => void releasing.direct(() => release(operation, period, member))}>
          {w.release}
        </Button>
      )}
      <Progress act={releasing} done={<p class="notice-title">{w.released}</p>} />
    </div>
  );
}
