import { nameOf as personOf } from "../parts/Address";
import { nameOf, parcelOf } from "../land/parcel";
import { rightText } from "../land/parts/Shares";
import { desk } from "./words/desk";
import { drafting } from "./words/drafting";
import { formatAmount, formatDay, formatHash, formatNumber } from "../words/format";
import { land } from "../land/words/land";
import type { Concurred, Parcel, Said } from "./concurring";

type Line = readonly [label: string, value: string];

/** What an act of two offices is called, and what it does. */
export const actWords = (name: Concurred): { name: string; meaning: string } =>
  name === "inscribe" || name === "discharge" ? desk().acts[name] : drafting().acts[name];

const parcelName = (token: bigint): string => nameOf(parcelOf(token));

/** A parcel that an act makes, in words. */
function parcelText({ id, area_m2, geometryHash }: Parcel): string {
  const area = land().parcel.squareMetres(formatNumber(area_m2));
  return drafting().redraw.drawn(parcelName(id), area, formatHash(geometryHash));
}

/** An act of two offices in words, from its own arguments. */
export function linesOf(act: Said): Line[] {
  const w = desk().fields;
  const parcel = (token: bigint): Line => [w["parcel"]!, parcelName(token)];
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
    case "divide": {
      const [title, , children] = act.args;
      const { child } = drafting().redraw;
      return [parcel(title), ...children.map((it, place): Line => [child(place + 1), parcelText(it)]), document];
    }
    case "merge": {
      const [titles, , child] = act.args;
      const { parents, child: made } = drafting().redraw;
      return [[parents, titles.map(parcelName).join(", ")], [made(1), parcelText(child)], document];
    }
  }
}
