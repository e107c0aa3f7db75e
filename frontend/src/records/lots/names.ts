/** What people call holders, products and lots: first as those say who hold or make them. */
import type { LotEvent } from "./event";
import { productOf } from "./naming";

export type Names = ReadonlyMap<string, string>;

export function namesIn(events: readonly LotEvent[]): Names {
  const own = new Map<string, string>();
  const others = new Map<string, string>();
  for (const { holder, outputs, names } of events) {
    if (names.size === 0) continue;
    const theirs = new Set([holder, ...outputs.flatMap(({ name }) => [name, productOf(name)])]);
    for (const [uri, name] of names) {
      const known = theirs.has(uri) ? own : others;
      if (!known.has(uri)) known.set(uri, name);
    }
  }
  return new Map([...others, ...own]);
}

/** The part of a URI that people read: a lot's number, a party's. */
export function shortOf(uri: string): string {
  const last = uri.split(/[/:]/).at(-1) ?? uri;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
