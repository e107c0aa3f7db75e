import { useState } from "preact/hooks";
import { parseAmount } from "../../money/amount";
import { money } from "../../money/words/money";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { paidIn } from "../../town/currency";
import type { ComponentChildren } from "preact";

/** One field for an amount, and what it is sent for. */
export function AmountForm({
  label,
  hint,
  submit,
  most_cents,
  tooMuch,
  isZeroFine = false,
  busy,
  onAmount,
  children,
}: {
  label: string;
  hint?: string;
  submit: string;
  most_cents?: bigint;
  tooMuch?: string;
  isZeroFine?: boolean;
  busy: boolean;
  onAmount: (cents: bigint) => void;
  children?: ComponentChildren;
}) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const send = (event: Event): void => {
    event.preventDefault();
    const read = parseAmount(typed);
    const cents = read.fault === "zero" && isZeroFine ? 0n : read.cents;
    if (cents === null) setFault(money().amountFaults[read.fault ?? "empty"]);
    else if (most_cents !== undefined && cents > most_cents) setFault(tooMuch ?? "");
    else {
      setFault(null);
      onAmount(cents);
    }
  };
  return (
    <form class="stack" noValidate onSubmit={send}>
      <TextField
        label={label}
        hint={hint ?? money().amountHint}
        value={typed}
        onValue={setTyped}
        fault={fault}
        unit={paidIn("Clearing").symbol}
        input={{ inputMode: "decimal", autocomplete: "off" }}
      />
      {children}
      <Button type="submit" look="secondary" busy={busy}>
        {submit}
      </Button>
    </form>
  );
}
