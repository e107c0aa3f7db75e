import { useState } from "preact/hooks";
import type { Address as Account } from "viem";
import type { Act } from "../../acts/act";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { parseAmount } from "../../money/amount";
import { money } from "../../money/words/money";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts, Figure, Table } from "../../parts/Table";
import type { ViewProps } from "../../route";
import { paidIn } from "../../town/currency";
import { decimalSign, formatAmount, formatHash, formatMoment, formatSigned } from "../../words/format";
import { typeAmount } from "../../money/amount";
import { type Operation, type SettledLine, readSettled } from "../chain/clearing";
import { deposit, leave, setCap, take } from "../flows/clearing";
import { type Mine, isMember, readMine } from "../mine";
import { AmountForm } from "../parts/AmountForm";
import { ContestForm } from "../parts/ContestForm";
import { InOperation, Where } from "../parts/InOperation";
import { RulesFile } from "../parts/RulesFile";
import { Vouching } from "../parts/Vouching";
import { energy } from "../words/energy";

const amountOf = (cents: bigint): string => formatAmount(cents, paidIn("Clearing"));

/** One's place in an operation: what one paid in, allows, takes back; and what became of each bill. */
export default function Mandate({ parameters: { op = "" } }: ViewProps) {
  const w = energy();
  return (
    <Page title={w.mandate.title}>
      <InOperation op={op} here="mandate">
        {(operation) => (
          <>
            <Facts
              facts={[
                [w.organiser, <Address address={operation.terms.organiser} copy />],
                [w.arbiter, <Address address={operation.terms.arbiter} copy />],
                [w.contestFor, w.hours(operation.terms.contest_h)],
                [w.ruleFor, w.hours(operation.terms.rule_h)],
                [w.rules, formatHash(operation.terms.rulesHash)],
              ]}
            />
            <Vouching operation={operation} />
            <RulesFile terms={operation.terms} />
            <section class="stack">
              <h2>{w.status.title}</h2>
              <Where operation={operation} />
            </section>
            <NeedsWallet>{({ account }) => <Own key={account} operation={operation} account={account} />}</NeedsWallet>
          </>
        )}
      </InOperation>
    </Page>
  );
}

function Own({ operation, account }: { operation: Operation; account: Account }) {
  const read = useRead(async () => {
    const [mine, ...others] = await readMine(operation.op, account);
    return { mine, others, lines: await readSettled(operation.op, mine.name) };
  }, [operation.op, account, head.value?.number]);
  return (
    <Reading read={read}>
      {({ mine, others, lines }) => (
        <>
          <Standing mine={mine} />
          <Pay operation={operation} mine={mine} />
          {isMember(mine.standing) && <Changes operation={operation} mine={mine} />}
          {operation.statement &&
            [mine, ...others].map(({ name }) => (
              <ContestForm key={name} operation={operation} member={name} isOneOfSeveral={others.length > 0} />
            ))}
          <History lines={lines} />
        </>
      )}
    </Reading>
  );
}

function Standing({ mine: { standing } }: { mine: Mine }) {
  const w = energy().mandate;
  if (!isMember(standing)) return <p>{w.none}</p>;
  return (
    <>
      <Figure label={w.balance} value={amountOf(standing.balance_cents)} note={w.free} />
      <Facts
        facts={[
          [w.cap, amountOf(standing.cap_cents)],
          ...(standing.held_cents > 0n ? ([[w.held, amountOf(standing.held_cents)]] as const) : []),
        ]}
      />
    </>
  );
}

/** Joins, mandates and pays by one signature; the cap stands as it is where one is a member. */
function Pay({ operation, mine: { name, standing } }: { operation: Operation; mine: Mine }) {
  const w = energy().mandate;
  const act = useAct();
  const known = standing.cap_cents > 0n ? typeAmount(standing.cap_cents, decimalSign()) : "";
  const [cap, setTypedCap] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const typed = cap ?? known;
  const send = (amount_cents: bigint): void => {
    const { cents } = parseAmount(typed);
    setFault(cents === null ? w.capWrong : null);
    if (cents !== null) void act.slip((payer) => deposit(payer, operation, name, cents, amount_cents));
  };
  return (
    <section class="stack">
      <h2>{isMember(standing) ? w.pay : w.join}</h2>
      <p class="hint">{w.joinLead}</p>
      <AmountForm label={w.amount} submit={isMember(standing) ? w.pay : w.join} busy={act.isBusy} onAmount={send}>
        <TextField
          label={w.capLabel}
          hint={w.capHint}
          value={typed}
          onValue={setTypedCap}
          fault={fault}
          unit={paidIn("Clearing").symbol}
          input={{ inputMode: "decimal", autocomplete: "off" }}
        />
      </AmountForm>
      <Done act={act} told={w.joined} />
    </section>
  );
}

const Done = ({ act, told }: { act: Act; told: string }) => (
  <Progress act={act} done={<p class="notice-title">{told}</p>} />
);

function Changes({ operation, mine: { name, standing } }: { operation: Operation; mine: Mine }) {
  const w = energy().mandate;
  const [capping, taking, leaving] = [useAct(), useAct(), useAct()];
  const balance = amountOf(standing.balance_cents);
  return (
    <>
      <details class="card more">
        <summary>{w.setCap}</summary>
        <AmountForm
          label={w.capLabel}
          submit={w.setCap}
          busy={capping.isBusy}
          onAmount={(cents) => void capping.slip(() => setCap(operation, name, cents))}
        />
        <Done act={capping} told={w.capDone} />
      </details>
      <details class="card more">
        <summary>{w.take}</summary>
        <AmountForm
          label={money().amountLabel}
          submit={w.takeSubmit}
          most_cents={standing.balance_cents}
          tooMuch={w.tooMuch(balance)}
          busy={taking.isBusy}
          onAmount={(cents) => void taking.slip(() => take(operation, name, cents))}
        />
        <Done act={taking} told={w.taken} />
      </details>
      <details class="card more">
        <summary>{w.leave}</summary>
        <p>{w.leaveLead}</p>
        <Button look="danger" busy={leaving.isBusy} onClick={() => void leaving.slip(() => leave(operation, name))}>
          {w.leaveSubmit}
        </Button>
        <Done act={leaving} told={w.left} />
      </details>
    </>
  );
}

function History({ lines }: { lines: readonly SettledLine[] }) {
  const w = energy().mandate;
  if (lines.length === 0) return null;
  return (
    <section class="stack">
      <h2>{w.history}</h2>
      <Table
        caption={w.history}
        hideCaption
        columns={[
          { name: w.period, cell: ({ period }) => period, numeric: true },
          { name: w.line, cell: ({ amount_cents }) => formatSigned(-amount_cents), numeric: true },
          { name: w.became, cell: (it) => becameOf(it).join(" ; ") },
        ]}
        rows={lines}
      />
    </section>
  );
}

function becameOf({ amount_cents, carried_cents, held }: SettledLine): string[] {
  const w = energy().mandate;
  if (amount_cents < 0n) return [w.credited];
  const ends = {
    open: (it: NonNullable<SettledLine["held"]>) => w.heldLine(amountOf(it.held_cents), formatMoment(it.ruleBy_s)),
    ruled: (it: NonNullable<SettledLine["held"]>) => w.ruled(amountOf(it.due_cents)),
    released: () => w.released,
  };
  return [held ? ends[held.end](held) : w.paid, ...(carried_cents > 0n ? [w.carried(amountOf(carried_cents))] : [])];
}
