import type { ParsedAmount } from "../amount";
import { theCurrency } from "../../town/currency";
import { language } from "../../words";
import { money } from "../words/money";
import { TextField } from "../../parts/Field";

/** What is wrong with an amount, in a sentence; null when nothing is. */
export function amountFault(parsed: ParsedAmount, most_cents?: bigint, tooMuch?: string): string | null {
  if (parsed.fault) return money().amountFaults[parsed.fault];
  return most_cents !== undefined && parsed.cents > most_cents ? (tooMuch ?? null) : null;
}

/** An amount of the town's money, with comma or point. */
export function AmountField({
  value,
  onValue,
  fault,
}: {
  value: string;
  onValue: (value: string) => void;
  fault: string | null;
}) {
  return (
    <TextField
      label={money().amountLabel}
      hint={money().amountHint}
      value={value}
      onValue={onValue}
      fault={fault}
      unit={theCurrency().symbol}
      look="amount"
      input={{ inputMode: "decimal", autocomplete: "off", lang: language.value }}
    />
  );
}
