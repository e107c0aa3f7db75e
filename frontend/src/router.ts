import { computed, signal } from "@preact/signals";

/** Where one is: `#/pay?to=0x…` is path "/pay" with its query. Views are found by path in routes/. */
interface Location {
  path: string;
  query: URLSearchParams;
}

function parse(hash: string): Location {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  return { path: path === "" ? "/" : path.replace(/(.)\/$/, "$1"), query: new URLSearchParams(query) };
}

const location_ = signal(parse(globalThis.location?.hash ?? ""));
let views = 0;

export const path = computed(() => location_.value.path);
export const query = computed(() => location_.value.query);

/** Whether this is the view that the page opened with, whose heading does not take the focus. */
export const isFirstView = (): boolean => views === 0;

globalThis.addEventListener?.("hashchange", () => {
  views += 1;
  location_.value = parse(location.hash);
});

/** The address of a view. */
export function link(to: string, parameters: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(parameters).toString();
  return `#${to}${text && `?${text}`}`;
}

export function go(to: string, parameters: Readonly<Record<string, string>> = {}): void {
  location.hash = link(to, parameters);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a link that was cut; its view finds nothing by that name
  }
}

/** Matches `/vote/:id` against a path; its parameters, or null. */
export function match(pattern: string, at: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split("/");
  const found = at.split("/");
  if (wanted.length !== found.length) return null;
  const parameters: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const given = found[place] ?? "";
    if (part.startsWith(":")) parameters[part.slice(1)] = decoded(given);
    else if (part !== given) return null;
  }
  return parameters;
}
