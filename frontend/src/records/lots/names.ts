/** What people call holders, products and lots, as those say who speak for them. */
import { issuerOf } from "./hearing";
import type { Story } from "./story";

export type Names = ReadonlyMap<string, string>;

/** Of what is called by two names, none. */
export function namesIn({ heard, speakers }: Story): Names {
  const told = new Map<string, Set<string>>();
  for (const event of heard) {
    for (const [uri, name] of event.names) {
      if (event.kind === "observe" || !speakers.names(issuerOf(event), uri)) continue;
      told.set(uri, (told.get(uri) ?? new Set()).add(name));
    }
  }
  return new Map([...told].flatMap(([uri, [name = "", ...others]]) => (others.length ? [] : [[uri, name] as const])));
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
