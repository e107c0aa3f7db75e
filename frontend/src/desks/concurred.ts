import { nameOf as personOf } from "../parts/Address";
import { nameOf, parcelOf } from "../land/parcel";
import { rightText } from "../land/parts/Shares";
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { formatAmount, formatDay, formatHash, formatNumber } from "../words/format";
import { land } from "../words/land";
import type { Concurred, Said } from "./concurring";

type Line = readonly [label: string, value: string];

/** What an act of two offices is called, and what it does. */
export const actWords = (name: Concurred): { name: string; meaning: string } =>
  name === "enact" ? drafting().acts[name] : desk().acts[name];

/** An act of two offices in words, from its own arguments. */
export function linesOf(act: Said): Line[] {
  const w = desk().fields;
  const parcel = (token: bigint): Line => [w["parcel"]!, nameOf(parcelOf(token))];
  const document: Line = [land().burdens.document, formatHash(act.args.at(-1) as `0x${string}`)];
  switch (act.name) {
    case "inscribe": {
      const [title, creditor, amount_cents, dueDay] = act.args;
      return [
        parcel(title),
        [w["creditor"]!, `${personOf(creditor)} (${creditor})`],
        [w["amount"]!, formatAmount(BigInt(amount_cents))],
        [w["due"]!, formatDay(dueDay * 86_400)],
        document,
      ];
    }
    case "discharge":
      return [parcel(act.args[0]), [w["number"]!, formatNumber(act.args[1])], document];
    case "enact": {
      const [nature, title, , whole, rights] = act.args;
      const holders = rights.map((right, place): Line => [
        drafting().enact.holder(place + 1, rights.length),
        `${rightText(right, whole)} : ${personOf(right.holder)} (${right.holder})`,
      ]);
      return [parcel(title), [drafting().enact.nature, land().history.acts[nature] ?? ""], ...holders, document];
    }
  }
}
