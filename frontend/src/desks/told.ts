import { nameOf as personOf } from "../parts/Address";
import { nameOf, parcelOf } from "../land/parcel";
import { conditionsText } from "../land/parts/TermsText";
import type { DirectAct } from "../acts/act";
import { addressOf } from "../chain/client";
import { desk } from "./words/desk";
import { formatAmount, formatDay, formatEuros, formatHash, formatNumber } from "../words/format";
import { namedFor, theCurrency } from "../town/currency";
import type { Currency } from "../town/town";
import { ACTS, type ActName, type OfficeAct, contractOf, isOnMoney, moneyOf } from "./acts";
import type { Field, Value, Values } from "./fields";

/** A value as people read it, by what its field holds. */
function tell({ name, kind }: Field, value: Value, currency: Currency): string {
  switch (kind) {
    case "address":
      return `${personOf(value as `0x${string}`)} (${value})`;
    case "amount":
      return name === "reserve" ? formatEuros(value as bigint) : formatAmount(value as bigint, currency);
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
export const linesOf = (act: OfficeAct, values: Values, currency = moneyOf(act)): (readonly [string, string])[] =>
  act.fields.map(
    (field) => [desk().fields[field.name] ?? field.name, tell(field, values[field.name]!, currency)] as const,
  );

/** What an act is called, and what it does; on which money, where there are several. */
export function actWords(name: ActName, currency: Currency): { name: string; meaning: string } {
  const { name: title, meaning } = desk().acts[name];
  return { name: isOnMoney(name) ? namedFor(title, currency) : title, meaning };
}

/** An act of the desks as a transaction, explained. */
export function officeAct(name: ActName, values: Values): DirectAct {
  const act: OfficeAct = ACTS[name];
  const { name: title, meaning } = actWords(name, theCurrency());
  const address = addressOf(contractOf(act));
  if (!address) throw new Error(`this town has no ${contractOf(act)}`);
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
