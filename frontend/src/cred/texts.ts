import { type Hex, keccak256, toHex } from "viem";

/** A text that the chain knows by its hash. `isTrue` is null where the text could not be had. */
export interface Text {
  text: string | null;
  isTrue: boolean | null;
  uri: string;
}

const TIMEOUT_MS = 10_000;
const LONGEST = 200_000;

const known = new Map<string, Promise<Text>>();

/** Fetches a text by its address and checks it against its hash; a text may stand in the address itself. */
export function textOf(uri: string, hash: Hex): Promise<Text> {
  const name = `${hash} ${uri}`;
  const found = known.get(name) ?? read(uri, hash);
  known.set(name, found);
  return found;
}

async function read(uri: string, hash: Hex): Promise<Text> {
  if (isOf(uri, hash)) return { text: uri, isTrue: true, uri };
  const text = uri.startsWith("data:") ? inside(uri) : await fetched(uri);
  return { text, isTrue: text === null ? null : isOf(text, hash), uri };
}

const isOf = (text: string, hash: Hex): boolean => keccak256(toHex(text)) === hash;

/** The text of a `data:` address. */
export function inside(uri: string): string | null {
  const comma = uri.indexOf(",");
  if (comma < 0) return null;
  const body = uri.slice(comma + 1);
  try {
    if (!/;base64$/i.test(uri.slice(0, comma))) return decodeURIComponent(body);
    return new TextDecoder().decode(Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** A text as an address that holds it, so that nobody has to keep it elsewhere. */
export function dataUri(text: string): string {
  return `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
}

async function fetched(uri: string): Promise<string | null> {
  if (!/^https?:\/\//.test(uri)) return null;
  try {
    const answer = await fetch(uri, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const text = answer.ok ? await answer.text() : "";
    return answer.ok && text.length <= LONGEST ? text : null;
  } catch {
    return null;
  }
}
