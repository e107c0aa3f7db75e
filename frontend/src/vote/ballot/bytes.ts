/** Bytes, words and hexadecimal: what everything else is made of. */
import { keccak_256 } from "@noble/hashes/sha3.js";

export type Bytes = Uint8Array<ArrayBuffer>;
export type Hex = `0x${string}`;

const DIGITS = "0123456789abcdef";

/** keccak256, 32 bytes. */
export function keccak(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(keccak_256(parts.length === 1 && parts[0] ? parts[0] : concat(...parts)));
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Whether `a` comes before `b`, both of one length. */
export function before(a: Uint8Array, b: Uint8Array): boolean {
  const place = a.findIndex((byte, i) => byte !== b[i]);
  return place >= 0 && byteAt(a, place) < byteAt(b, place);
}

/** The byte at a place that exists. */
export function byteAt(bytes: Uint8Array, place: number): number {
  const byte = bytes[place];
  if (byte === undefined) throw new RangeError(`no byte ${place} in ${bytes.length}`);
  return byte;
}

/** The item at a place that exists. */
export function itemAt<T>(list: readonly T[], place: number): T {
  if (!(place in list)) throw new RangeError(`no item ${place} in ${list.length}`);
  return list[place] as T;
}

/** Big-endian. */
export function toInteger(bytes: Uint8Array): bigint {
  return bytes.length ? BigInt(toHex(bytes)) : 0n;
}

/** Big-endian, in exactly so many bytes.
 * @throws RangeError when it is negative or does not fit. */
export function fromInteger(value: bigint | number, length: number): Bytes {
  const digits = value.toString(16).padStart(2 * length, "0");
  if (value < 0 || digits.length > 2 * length) throw new RangeError(`not an integer of ${length} bytes`);
  return fromHex(`0x${digits}`);
}

export function word(value: bigint | number): Bytes {
  return fromInteger(value, 32);
}

export function toHex(bytes: Uint8Array): Hex {
  let text = "0x";
  for (const byte of bytes) text += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15);
  return text as Hex;
}

/** @throws SyntaxError when it is not whole bytes in hexadecimal. */
export function fromHex(text: string): Bytes {
  if (!/^0x([0-9a-fA-F]{2})*$/.test(text)) throw new SyntaxError("not bytes in hexadecimal");
  const bytes = new Uint8Array(text.length / 2 - 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i + 2, 2 * i + 4), 16);
  return bytes;
}

export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
