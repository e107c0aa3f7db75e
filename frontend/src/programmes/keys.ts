/** Holders' keys and the codes that make them, byte for byte as `beffroi/programmes/programmekeys.py`. */
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { type Bytes, type Hex, byteAt, fromHex, fromInteger, toHex, toInteger, utf8 } from "../vote/ballot/bytes";
import { N } from "../vote/ballot/order";

const SEED_BYTES = 16;
const KEY_BYTES = 48;
const PURPOSE = utf8("Beffroi: a holder's key of a programme, 1");
const CHECK = utf8("Beffroi: a code's check, 1");
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOOKALIKES: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };
const CODE_CHARACTERS = 28;
const CHECK_BITS = BigInt(CODE_CHARACTERS * 5 - SEED_BYTES * 8);

/** What was typed or scanned is not a sheet's code. */
export class CodeError extends Error {
  override name = "CodeError";
  constructor(
    readonly fault: "length" | "character" | "mistyped",
    /** How many letters were typed, or the one that no code has. */
    readonly found: string,
  ) {
    super(`${fault}: ${found}`);
  }
}

/** The key that a seed of 16 bytes or more makes in a programme. */
export function keyOf(seed: Bytes, programme: Hex): PrivateKeyAccount {
  if (seed.length < SEED_BYTES) throw new RangeError(`a seed of ${seed.length} bytes`);
  const derived = toInteger(hkdf(sha256, seed, fromHex(programme), PURPOSE, KEY_BYTES));
  return privateKeyToAccount(toHex(fromInteger((derived % (N - 1n)) + 1n, 32)));
}

/** The seed that a code shows: in any case, with or without dashes and spaces, O for 0, I and L for 1.
 * @throws CodeError */
export function seedOf(code: string): Bytes {
  const letters = [...code.replace(/[-\s]/gu, "").toUpperCase()].map((letter) => LOOKALIKES[letter] ?? letter);
  if (letters.length !== CODE_CHARACTERS) throw new CodeError("length", String(letters.length));
  let number = 0n;
  for (const letter of letters) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) throw new CodeError("character", letter);
    number = (number << 5n) | BigInt(digit);
  }
  const seed = fromInteger(number >> CHECK_BITS, SEED_BYTES);
  if ((number & ((1n << CHECK_BITS) - 1n)) !== checkOf(seed)) throw new CodeError("mistyped", "");
  return seed;
}

/** So that 4,095 of 4,096 slips of the hand are seen. */
function checkOf(seed: Bytes): bigint {
  const mac = hmac(sha256, CHECK, seed);
  return BigInt((byteAt(mac, 0) << 8) | byteAt(mac, 1)) >> (16n - CHECK_BITS);
}

/** What a sheet's QR code holds, or somebody typed. */
export interface Sheet {
  seed: Bytes;
  /** The programme that it names; null where only the code is there. */
  programme: Hex | null;
}

/** @throws CodeError */
export function readSheet(text: string): Sheet {
  const [, code = text, name] = /^(.*\S)\s+(0x[0-9a-f]{64})$/iu.exec(text.trim()) ?? [];
  return { seed: seedOf(code), programme: name ? (name.toLowerCase() as Hex) : null };
}
