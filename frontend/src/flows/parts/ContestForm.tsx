import { useState } from "preact/hooks";
import { type Address as Account, isAddressEqual } from "viem";
import { useAct } from "../../acts/useAct";
import { download } from "../../csv";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Progress } from "../../parts/Progress";
import { keysOf } from "../../residents/keys";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import { head } from "../../chain/head";
import { useRead } from "../../parts/read";
import { type Operation, standingOf } from "../chain/clearing";
import { contest } from "../flows/clearing";
import { energy } from "../words/energy";

const EMPTY = { reason: "" };

interface Props {
  operation: Operation;
  member: Account;
  /** She has something under other names too: this one is shown. */
  isOneOfSeveral?: boolean;
}

/** Contests one's line in words, of which the chain has the hash. What a node says of the window does not shut it. */
export function ContestForm({ operation, member, isOneOfSeveral = false }: Props) {
  const w = energy().month;
  if (operation.status === "none" || operation.status === "settled") return null;
  const form = (
    <>
      {isOneOfSeveral && <Address address={member} copy />}
      <p>{w.contestLead}</p>
      <NeedsWallet>
        {({ account }) => <Form key={account} operation={operation} member={member} account={account} />}
      </NeedsWallet>
    </>
  );
  if (operation.status === "stated")
    return (
      <section class="stack">
        <h2>{w.contest}</h2>
        {form}
      </section>
    );
  return (
    <details class="card more">
      <summary>{w.contestLate}</summary>
      <p>{w.contestLateLead}</p>
      {form}
    </details>
  );
}

function Form({ operation, member, account }: { operation: Operation; member: Account; account: Account }) {
  const w = energy().month;
  const act = useAct();
  const period = operation.statement?.period ?? 0;
  const [draft, change] = useDraft(`energy/contest/${operation.op}/${period}/${member}`, texts(EMPTY), EMPTY);
  const [fault, setFault] = useState<string | null>(null);
  const read = useRead(() => standingOf(operation.op, member), [operation.op, member, head.value?.number]);
  const keys = useRead(() => keysOf(account), [account]);
  const isAnothers = keys.value !== undefined && !keys.value.some((it) => isAddressEqual(it, member));
  const reason = draft.reason.trim();
  const send = (event: Event): void => {
    event.preventDefault();
    setFault(reason ? null : w.reasonEmpty);
    if (reason) void act.slip(() => contest(operation, member, reason));
  };
  const isContested = read.value?.contested === operation.settledPeriod + 1;
  const fields = (
    <>
      <TextField
        label={w.reason}
        value={draft.reason}
        onValue={(it) => change({ reason: it })}
        fault={fault}
        multiline
      />
      <Button type="submit" wide busy={act.isBusy}>
        {w.contestSubmit}
      </Button>
    </>
  );
  return (
    <form class="stack" noValidate onSubmit={send}>
      {isAnothers && (
        <p>
          {w.anothers} <Address address={member} copy />
        </p>
      )}
      {isContested && act.state.value.at !== "done" && <p>{w.already}</p>}
      {isContested ? (
        <details>
          <summary>{w.again}</summary>
          {fields}
        </details>
      ) : (
        fields
      )}
      <Progress act={act} done={<p class="notice-title">{isContested ? w.contested : w.contestUnseen}</p>} />
      {reason && (
        <Button look="secondary" onClick={() => download(w.fileName(period), reason, "text/plain")}>
          {w.save}
        </Button>
      )}
    </form>
  );
}
