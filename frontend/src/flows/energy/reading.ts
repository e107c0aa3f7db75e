/** Files of energy, before what they say is looked at. */
import { type GenericSchema, custom } from "valibot";
import type { Hex } from "../../vote/ballot/bytes";
import { EnergyFault } from "./faults";

/** Of a file's text: 2²⁰ cells, and all else that a period may have. */
const MOST_BYTES = 64 * 2 ** 20;
/** Brackets and commas of it: some kilobytes of a packed file may tell millions of lists. */
const MOST_VALUES = 2 ** 18;
const [LIST, OBJECT, COMMA] = [0x5b, 0x7b, 0x2c];
const GZIP = [0x1f, 0x8b];

/** So many bytes. */
export const hexOf = (bytes: number): GenericSchema<unknown, Hex> =>
  custom<Hex>((it) => typeof it === "string" && it.length === 2 + 2 * bytes && /^0x[0-9a-fA-F]*$/.test(it));

/** What a file holds, unpacked where it is packed. @throws EnergyFault where it is too large, or the archive damaged */
export async function bytesOf(file: Blob): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) throw new EnergyFault("unreadable", "size");
  const data = new Uint8Array(await file.arrayBuffer());
  return GZIP.every((byte, place) => data[place] === byte) ? unpacked(data) : data;
}

async function unpacked(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (let piece = await reader.read(); !piece.done && size <= MOST_BYTES; piece = await reader.read()) {
      pieces.push(piece.value);
      size += piece.value.length;
    }
  } catch {
    throw new EnergyFault("unreadable", "gzip");
  }
  if (size > MOST_BYTES) throw new EnergyFault("unreadable", "size");
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** JSON in UTF-8. @throws EnergyFault where it is none, or tells more values than a period has */
export function jsonOf(data: Uint8Array): unknown {
  let values = 0;
  for (const byte of data) if (byte === LIST || byte === OBJECT || byte === COMMA) values++;
  if (values > MOST_VALUES) throw new EnergyFault("unreadable", "size");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));
  } catch {
    throw new EnergyFault("unreadable", "JSON");
  }
}
