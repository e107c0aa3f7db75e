import { type Hex, keccak256, stringToHex } from "viem";

/** A document that the chain knows by its hash. */
export interface Text {
  /** Null where it could not be had, or is not text. */
  text: string | null;
  /** Whether it is what the chain knows; null where it could not be had. */
  isTrue: boolean | null;
  uri: string;
}

const TIMEOUT_MS = 10_000;
const LARGEST = 20_000_000;

const known = new Map<string, Promise<Text>>();

/** Fetches a document by its address and checks it against its hash; a text may stand in the address itself. */
export function textOf(uri: string, hash: Hex): Promise<Text> {
  const name = `${hash} ${uri}`;
  const found = known.get(name) ?? read(uri, hash);
  known.set(name, found);
  return found;
}

async function read(uri: string, hash: Hex): Promise<Text> {
  if (keccak256(stringToHex(uri)) === hash) return { text: uri, isTrue: true, uri };
  const bytes = uri.startsWith("data:") ? inside(uri) : await fetched(uri);
  if (!bytes) return { text: null, isTrue: null, uri };
  return { text: decoded(bytes), isTrue: keccak256(bytes) === hash, uri };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes that a `data:` address holds; null when it is malformed. */
export function inside(uri: string): Uint8Array | null {
  const comma = uri.indexOf(",");
  if (comma < 0) return null;
  const body = uri.slice(comma + 1);
  try {
    if (!/;base64$/i.test(uri.slice(0, comma))) return new TextEncoder().encode(decodeURIComponent(body));
    return Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** A text as an address that holds it, so that nobody has to keep it elsewhere. */
export function dataUri(text: string): string {
  return `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
}

async function fetched(uri: string): Promise<Uint8Array | null> {
  if (!/^https?:\/\//.test(uri)) return null;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(uri, { signal, credentials: "omit", referrerPolicy: "no-referrer" });
    const bytes = answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    return bytes && bytes.length <= LARGEST ? bytes : null;
  } catch {
    return null;
  }
}
