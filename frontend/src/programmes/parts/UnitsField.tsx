import { money } from "../../money/words/money";
import { TextField } from "../../parts/Field";
import type { TownProgramme } from "../published";
import { purse } from "../words/purse";

/** What is spent, or given back: an amount of money, or a whole number of meals or stamps. */
export function UnitsField({
  programme,
  label,
  value,
  onValue,
  fault,
}: {
  programme: TownProgramme;
  label: string;
  value: string;
  onValue: (value: string) => void;
  fault: string | null | undefined;
}) {
  const isMoney = programme.unit === "money";
  return (
    <TextField
      label={label}
      hint={isMoney ? money().amountHint : purse().wholeHint}
      value={value}
      onValue={onValue}
      fault={fault}
      input={{ inputMode: isMoney ? "decimal" : "numeric", autocomplete: "off" }}
    />
  );
}
