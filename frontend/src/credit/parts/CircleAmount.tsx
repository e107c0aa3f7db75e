import { TextField } from "../../parts/Field";
import { language } from "../../words";
import { money } from "../../money/words/money";
import type { Circle } from "../chain/circle";
import { credit } from "../words/credit";

interface Props {
  circle: Circle;
  label?: string;
  value: string;
  onValue: (value: string) => void;
  fault: string | undefined;
}

/** An amount in a circle's unit. */
export function CircleAmount({ circle: { currency }, label = money().amountLabel, ...field }: Props) {
  return (
    <TextField
      {...field}
      label={label}
      hint={currency ? money().amountHint : credit().minutesHint}
      unit={currency?.symbol ?? "min"}
      look="amount"
      input={{ inputMode: currency ? "decimal" : "numeric", autocomplete: "off", lang: language.value }}
    />
  );
}
