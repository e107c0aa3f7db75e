/** In which order events are taken, and which lots are made of themselves. Linear in what events name, no recursion. */
import { type EventKind, KINDS, type Line, type LotEvent } from "./event";

const RANK = new Map<EventKind, number>(KINDS.map((kind, rank) => [kind, rank]));

/** Heard events by moment, given in chain order; at one moment what makes comes before what takes. */
export function inOrder(events: readonly LotEvent[]): LotEvent[] {
  const depths = depthsOf(events);
  const rank = ({ kind }: LotEvent): number => RANK.get(kind) ?? KINDS.length;
  const depth = (event: LotEvent): number => depths.get(event) ?? 0;
  return [...events].sort((a, b) => a.at_ms - b.at_ms || depth(a) - depth(b) || rank(a) - rank(b));
}

/** How many events stand behind each at most; 0 in and behind a cycle. */
function depthsOf(events: readonly LotEvent[]): Map<LotEvent, number> {
  const makers = new Map<string, number>();
  for (const { outputs } of events) for (const { name } of outputs) makers.set(name, (makers.get(name) ?? 0) + 1);
  const takers = new Map<string, LotEvent[]>();
  const waits = new Map<LotEvent, number>();
  for (const event of events) {
    const made = event.inputs.filter(({ name }) => makers.has(name));
    waits.set(event, made.length);
    for (const { name } of made) pushTo(takers, name, event);
  }
  const depths = new Map<LotEvent, number>();
  const lots = new Map<string, number>();
  const ready = events.filter((event) => waits.get(event) === 0);
  for (const event of ready) {
    const depth = Math.max(0, ...event.inputs.map(({ name }) => lots.get(name) ?? 0));
    depths.set(event, depth);
    for (const { name } of event.outputs) {
      lots.set(name, Math.max(lots.get(name) ?? 0, depth + 1));
      const left = (makers.get(name) ?? 0) - 1;
      makers.set(name, left);
      if (left > 0) continue;
      for (const taker of takers.get(name) ?? []) {
        const wait = (waits.get(taker) ?? 0) - 1;
        waits.set(taker, wait);
        if (wait === 0) ready.push(taker);
      }
    }
  }
  return depths;
}

export function pushTo<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const own = lists.get(key);
  if (own) own.push(item);
  else lists.set(key, [item]);
}

/** The lots that are made of themselves, at any depth, by what transformations took: each knot's together, by name. */
export function cyclesOf(taken: ReadonlyMap<LotEvent, readonly Line[]>): string[][] {
  const forth = new Map<string, string[]>();
  const back = new Map<string, string[]>();
  const link = (from: string, to: string): void => {
    pushTo(forth, from, to);
    pushTo(back, to, from);
  };
  // By way of the event, so that many inputs of many outputs are not each with each.
  for (const [place, [{ outputs }, lines]] of [...taken].entries()) {
    for (const name of new Set(lines.map((it) => it.name))) link(name, `\n${place}`);
    for (const { name } of outputs) link(`\n${place}`, name);
  }
  const lots = componentsOf(forth, back).map((component) => component.filter((name) => !name.startsWith("\n")).sort());
  return lots.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

/** What reaches each other in a directed graph, where it is more than one (Kosaraju). */
function componentsOf(forth: Map<string, string[]>, back: Map<string, string[]>): string[][] {
  const seen = new Set<string>();
  const left = [...forth.keys()].flatMap((start) => leaving(start, forth, seen));
  const reached = new Set<string>();
  const components: string[][] = [];
  for (const start of left.reverse()) {
    if (reached.has(start)) continue;
    reached.add(start);
    const component = [start];
    for (const node of component) {
      for (const other of back.get(node) ?? []) {
        if (reached.has(other)) continue;
        reached.add(other);
        component.push(other);
      }
    }
    if (component.length > 1) components.push(component);
  }
  return components;
}

/** What is reached from a node and was not seen, each after all that it reaches. */
function leaving(start: string, forth: Map<string, string[]>, seen: Set<string>): string[] {
  if (seen.has(start)) return [];
  seen.add(start);
  const left: string[] = [];
  const path: [string, number][] = [[start, 0]];
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const other = forth.get(top[0])?.[top[1]];
    top[1] += 1;
    if (other === undefined) {
      left.push(top[0]);
      path.pop();
    } else if (!seen.has(other)) {
      seen.add(other);
      path.push([other, 0]);
    }
  }
  return left;
}
