/** A text too long for one code, as several: shown one after another, read in any order. */
import { fromHex, keccak, toHex } from "../../vote/ballot/bytes";
import { base64url, ofBase64url, through } from "./packed";

/** Of a code that a phone's camera reads from another's screen: version 20, 97 squares a side. */
const FRAME_CHARS = 800;
/** Beyond so many, whoever holds the phone loses patience: the file is for that. */
export const MOST_FRAMES = 24;
const FRAME = /^beffroi-part:([0-9a-f]{8}):([0-9]{1,3})\/([0-9]{1,3}):([A-Za-z0-9_-]+)$/;

/** A mark of what is sent, so that parts of two things are not put together. */
const markOf = (body: string): string => toHex(keccak(new TextEncoder().encode(body))).slice(2, 10);

/** The codes of a text, each with its place; more than `MOST_FRAMES` where it is too long for that. */
export async function framesOf(text: string): Promise<string[]> {
  const packed = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  const body = base64url(packed);
  const count = Math.ceil(body.length / FRAME_CHARS);
  const mark = markOf(body);
  return Array.from({ length: count }, (_, place) => {
    const part = body.slice(place * FRAME_CHARS, (place + 1) * FRAME_CHARS);
    return `beffroi-part:${mark}:${place + 1}/${count}:${part}`;
  });
}

/** What was scanned so far. */
export class Frames {
  #mark = "";
  #count = 0;
  readonly #parts = new Map<number, string>();

  /** How many are there, of how many. */
  get progress(): readonly [have: number, of: number] {
    return [this.#parts.size, this.#count];
  }

  /** Takes a code; whether it is a part at all. Another text's begins anew. */
  take(code: string): boolean {
    const [, mark = "", place = "", count = "", part = ""] = FRAME.exec(code.trim()) ?? [];
    const [at, of] = [Number(place), Number(count)];
    if (!part || at < 1 || at > of) return false;
    if (mark !== this.#mark || of !== this.#count) this.#parts.clear();
    [this.#mark, this.#count] = [mark, of];
    this.#parts.set(at, part);
    return true;
  }

  /** The text, once all parts are there; null before, or where they are not one text. */
  async text(): Promise<string | null> {
    if (this.#count === 0 || this.#parts.size < this.#count) return null;
    const body = Array.from({ length: this.#count }, (_, place) => this.#parts.get(place + 1)).join("");
    if (markOf(body) !== this.#mark) return null;
    try {
      return new TextDecoder().decode(await through(ofBase64url(body), new DecompressionStream("deflate-raw")));
    } catch {
      return null;
    }
  }
}

/** A verifier's name and nonce, in a code. */
export const askText = (verifier: string, nonce: string): string =>
  `beffroi-ask:${new URLSearchParams({ as: verifier, nonce })}`;

/** What a verifier's code asks; null where it is none. */
export function readAsk(code: string): { verifier: string; nonce: `0x${string}` } | null {
  const [, query] = /^beffroi-ask:(.*)$/s.exec(code.trim()) ?? [];
  const said = new URLSearchParams(query ?? "");
  const [verifier, nonce] = [said.get("as") ?? "", said.get("nonce") ?? ""];
  if (!verifier || !/^0x[0-9a-fA-F]{64}$/.test(nonce)) return null;
  return { verifier, nonce: toHex(fromHex(nonce)) };
}
