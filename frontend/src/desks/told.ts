import { nameOf as personOf } from "../parts/Address";
import { nameOf, parcelOf } from "../land/parcel";
import { conditionsText } from "../land/parts/TermsText";
import type { DirectAct } from "../acts/act";
import { addressOf } from "../chain/client";
import { desk } from "./words/desk";
import { formatAmount, formatDay, formatEuros, formatHash, formatNumber } from "../words/format";
import { ACTS, type ActName, type OfficeAct } from "./acts";
import type { Field, Value, Values } from "./fields";

/** A value as people read it, by what its field holds. */
function tell({ name, kind }: Field, value: Value): string {
  switch (kind) {
    case "address":
      return `${personOf(value as `0x${string}`)} (${value})`;
    case "amount":
      return name === "reserve" ? formatEuros(value as bigint) : formatAmount(value as bigint);
    case "parcel":
      return nameOf(parcelOf(value as bigint));
    case "person":
      return desk().persons[Number(value)] ?? "";
    case "supply":
      return desk().supplies[Number(value)]?.label ?? "";
    case "moment":
      return formatDay(value as bigint);
    case "number":
      if (name === "sale") return nameOf(parcelOf((value as bigint) >> 16n));
      return name === "condition" ? conditionsText(value as bigint) : formatNumber(value as bigint);
    default:
      return formatHash(value as `0x${string}`);
  }
}

/** The lines of an act, from its own values: what the wallet's screen shows. */
export const linesOf = (act: OfficeAct, values: Values): (readonly [string, string])[] =>
  act.fields.map((field) => [desk().fields[field.name] ?? field.name, tell(field, values[field.name]!)] as const);

/** An act of the desks as a transaction, explained. */
export function officeAct(name: ActName, values: Values): DirectAct {
  const act: OfficeAct = ACTS[name];
  const { name: title, meaning } = desk().acts[name];
  const address = addressOf(act.contract);
  if (!address) throw new Error(`this town has no ${act.contract}`);
  return {
    call: {
      address,
      abi: act.abi,
      functionName: act.functionName,
      args: act.args(values),
      ...(act.value ? { value: act.value } : {}),
    },
    explanation: { title, lines: linesOf(act, values), consequence: meaning, until_s: null, payer: "self" },
  };
}
