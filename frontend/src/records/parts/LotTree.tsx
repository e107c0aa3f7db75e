import { link } from "../../router";
import type { LotEvent } from "../lots/event";
import type { ReadLots } from "../lots/read";
import { called, dayTold, quantityTold, yieldsTold } from "../lots/telling";
import { type Branch, treeOf } from "../lots/tree";
import { lots as words } from "../words/lots";

export const lotLink = (lot: string): string => link(`/lots/${encodeURIComponent(lot)}`);

/** What a lot is made of, down to where it began. */
export function LotTree({ lots, lot }: { lots: ReadLots; lot: string }) {
  return (
    <ul class="lot-tree">
      <Node lots={lots} branch={treeOf(lots.story, lot)} />
    </ul>
  );
}

function Node({ lots, branch }: { lots: ReadLots; branch: Branch }) {
  const w = words();
  const { lot, line, events, branches, isCut } = branch;
  const name = called(lots.names, lot);
  return (
    <li>
      <div class="lot-node">
        {line && <span class="lot-quantity">{quantityTold(line.quantity, line.unit)}</span>}{" "}
        {line ? <a href={lotLink(lot)}>{name}</a> : <strong>{name}</strong>}
        {events.map((event) => (
          <Made key={event.ref.leaf} lots={lots} event={event} />
        ))}
        {events.length === 0 && <span class="bad">{w.unknown}</span>}
        {isCut && (
          <a class="hint" href={lotLink(lot)}>
            {w.cut}
          </a>
        )}
      </div>
      {branches.length > 0 && (
        <ul>
          {branches.map((it, place) => (
            <Node key={`${it.lot}${place}`} lots={lots} branch={it} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Who made it and when; in red where that does not stand. */
function Made({ lots, event }: { lots: ReadLots; event: LotEvent }) {
  const w = words();
  const told = w.by(w.events[event.kind], called(lots.names, event.holder), dayTold(event));
  const yields = yieldsTold(event);
  if (event.standing === "stands") return <span class="hint">{yields ? `${told} (${w.yields(yields)})` : told}</span>;
  return <span class="bad">{w.standings[event.standing](told)}</span>;
}
