/** What goes into what, by all that is told on the chain: it asks no clock, nor who may speak. */
import { type LotEvent, namedIn } from "./event";
import { partsOfThing } from "./naming";
import { pushTo } from "./order";

/** From a name to others, by way of the event where they are many. */
export type Ways = ReadonlyMap<string, readonly string[]>;

/** What goes where by events that are not aside: into containers, into what is made; a thing and its lot both ways. */
export function waysOf(events: readonly LotEvent[]): Ways {
  const ways = new Map<string, string[]>();
  for (const [place, event] of events.entries()) {
    const into = intoOf(event);
    if (into.length === 0) continue;
    ways.set(`\n${place}`, into);
    for (const { name } of event.inputs) pushTo(ways, name, `\n${place}`);
  }
  for (const name of new Set(events.flatMap(namedIn))) {
    for (const other of partsOfThing(name)) {
      pushTo(ways, name, other);
      pushTo(ways, other, name);
    }
  }
  return ways;
}

function intoOf({ kind, container, outputs }: LotEvent): string[] {
  if (kind === "pack") return container === null ? [] : [container];
  return kind === "transform" ? outputs.map(({ name }) => name) : [];
}
