import { useState } from "preact/hooks";
import type { Address as Account } from "viem";
import { useAct } from "../../acts/useAct";
import { download } from "../../csv";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Progress } from "../../parts/Progress";
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

/** Contests one's line in words, of which the chain has the hash. */
export function ContestForm({ operation, member, isOneOfSeveral = false }: Props) {
  const w = energy().month;
  return (
    <section class="stack">
      <h2>{w.contest}</h2>
      {isOneOfSeveral && <Address address={member} copy />}
      <p>{w.contestLead}</p>
      <NeedsWallet>{() => <Form operation={operation} member={member} />}</NeedsWallet>
    </section>
  );
}

function Form({ operation, member }: { operation: Operation; member: Account }) {
  const w = energy().month;
  const act = useAct();
  const period = operation.statement?.period ?? 0;
  const [draft, change] = useDraft(`energy/contest/${operation.op}/${period}/${member}`, texts(EMPTY), EMPTY);
  const [fault, setFault] = useState<string | null>(null);
  const read = useRead(() => standingOf(operation.op, member), [operation.op, member, head.value?.number]);
  const reason = draft.reason.trim();
  const send = (event: Event): void => {
    event.preventDefault();
    setFault(reason ? null : w.reasonEmpty);
    if (reason) void act.slip(() => contest(operation, member, reason));
  };
  const isContested = read.value?.contested === operation.settledPeriod + 1;
  return (
    <form class="stack" noValidate onSubmit={send}>
      {isContested && act.state.value.at !== "done" && <p>{w.already}</p>}
      {!isContested && (
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
      )}
      <Progress act={act} done={<p class="notice-title">{w.contested}</p>} />
      {reason && (
        <Button look="secondary" onClick={() => download(w.fileName(period), reason, "text/plain")}>
          {w.save}
        </Button>
      )}
    </form>
  );
}
