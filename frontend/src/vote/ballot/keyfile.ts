/**
 * A trustee's key file, as Python writes it: Web3 Secret Storage, version 3 (scrypt, AES-128-CTR, MAC by keccak256).
 * The secret is never written, shown or sent; it stays in the worker that opened it.
 */
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { type Bytes, concat, fromHex, keccak, random, same, toHex, toInteger, utf8 } from "./bytes";
import { N } from "./group";
import { type Pins, readPins, sealOf, written } from "./pins";

const PURPOSE = "beffroi-trustee";
const COUNTER_BYTES = 16;
/** scrypt's memory, 128·N·r bytes: no honest file asks for more. */
const MOST_MEMORY = 2 ** 30;

export type KeyFileProblem = "not-a-key-file" | "damaged" | "wrong-password" | "altered";

/** A trustee's secret, and the one place where it may be used. */
export interface OpenedKey {
  readonly secret: Bytes;
  readonly pins: Pins;
}

export class KeyFileError extends Error {
  readonly problem: KeyFileProblem;

  constructor(problem: KeyFileProblem) {
    super(problem);
    this.problem = problem;
  }
}

interface KeyFile {
  cipher: string;
  iv: Bytes;
  ciphertext: Bytes;
  mac: Bytes;
  kdf: string;
  salt: Bytes;
  n: number;
  r: number;
  p: number;
  length: number;
  pins: Pins;
  seal: Bytes;
}

/** The 32 bytes of the secret in a key file's text, and what it was made for.
 * @param progress called with a part of 1 while the password is stretched.
 * @throws KeyFileError */
export async function openKeyFile(
  text: string,
  password: string,
  progress?: (part: number) => void,
): Promise<OpenedKey> {
  const file = parse(text);
  const { n, r, p, length, pins } = file;
  if (file.cipher !== "aes-128-ctr" || file.kdf !== "scrypt" || length < 32 || 128 * n * r > MOST_MEMORY)
    throw new KeyFileError("damaged");
  const options = {
    N: n,
    r,
    p,
    dkLen: length,
    maxmem: MOST_MEMORY + 4096,
    ...(progress && { onProgress: progress }),
  };
  const stretched = new Uint8Array(await scryptAsync(utf8(password), file.salt, options));
  if (!same(keccak(concat(stretched.subarray(16, 32), file.ciphertext)), file.mac))
    throw new KeyFileError("wrong-password");
  const key = await crypto.subtle.importKey("raw", stretched.slice(0, 16), "AES-CTR", false, ["decrypt"]);
  const algorithm = { name: "AES-CTR", counter: file.iv, length: 128 };
  const secret = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, file.ciphertext));
  const value = toInteger(secret);
  if (secret.length !== 32 || value === 0n || value >= N) throw new KeyFileError("damaged");
  if (!same(file.seal, sealOf(secret, pins))) throw new KeyFileError("altered");
  return { secret, pins };
}

/** What a key file says that it opened of a consultation, in the words of `keyfiles.remember`; empty where nothing.
 * @throws KeyFileError */
export function openedBy(text: string, consultation: number): string {
  return remembered(text, "opened", String(consultation));
}

/** What a key file says that was signed with it in a step: a hash, or nothing. */
export function signedBy(text: string, step: string): string {
  return remembered(text, "signed", step);
}

function remembered(text: string, act: "opened" | "signed", name: string): string {
  const known = jsonOf(text)[act] ?? {};
  if (typeof known !== "object") throw new KeyFileError("damaged");
  return String((known as Json)[name] ?? "");
}

/** The key file's text with what it is about to open of a consultation (`keyfiles.remember`).
 * @throws KeyFileError */
export function remembering(text: string, consultation: number, opened: string): string {
  const file = jsonOf(text);
  const known = (file["opened"] ?? {}) as Json;
  return `${JSON.stringify({ ...file, opened: { ...known, [String(consultation)]: opened } }, null, 2)}\n`;
}

/** A fresh secret: 32 bytes, from 1 to N − 1. */
export function newSecret(): Bytes {
  for (;;) {
    const secret = random(32);
    const value = toInteger(secret);
    if (value > 0n && value < N) return secret;
  }
}

/** scrypt's N, as Python's files have it: 256 MB, and a second or more for a guess. */
const COST = 2 ** 18;

/** The text of a new key file for one place, which Python opens too.
 * @param cost scrypt's N; lower in tests alone. */
export async function makeKeyFile(
  { secret, pins }: OpenedKey,
  password: string,
  label: string,
  progress?: (part: number) => void,
  cost = COST,
): Promise<string> {
  const [salt, iv] = [random(32), random(COUNTER_BYTES)];
  const kdfparams = { dklen: 32, n: cost, r: 8, p: 1 };
  const options = {
    N: cost,
    r: 8,
    p: 1,
    dkLen: 32,
    maxmem: MOST_MEMORY + 4096,
    ...(progress && { onProgress: progress }),
  };
  const stretched = new Uint8Array(await scryptAsync(utf8(password), salt, options));
  const key = await crypto.subtle.importKey("raw", stretched.slice(0, 16), "AES-CTR", false, ["encrypt"]);
  const ciphertext = new Uint8Array(
    await crypto.subtle.encrypt({ name: "AES-CTR", counter: iv, length: 128 }, key, secret),
  );
  const hex = (bytes: Uint8Array): string => toHex(bytes).slice(2);
  const file = {
    crypto: {
      cipher: "aes-128-ctr",
      cipherparams: { iv: hex(iv) },
      ciphertext: hex(ciphertext),
      kdf: "scrypt",
      kdfparams: { ...kdfparams, salt: hex(salt) },
      mac: hex(keccak(concat(stretched.subarray(16, 32), ciphertext))),
    },
    id: crypto.randomUUID(),
    version: 3,
    purpose: PURPOSE,
    label,
    pins: written(pins),
    seal: hex(sealOf(secret, pins)),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

type Json = { readonly [name: string]: unknown };

function jsonOf(text: string): Json {
  let file: Json;
  try {
    file = JSON.parse(text) as Json;
  } catch {
    throw new KeyFileError("not-a-key-file");
  }
  if (typeof file !== "object" || file === null || file["purpose"] !== PURPOSE)
    throw new KeyFileError("not-a-key-file");
  return file;
}

function parse(text: string): KeyFile {
  const file = jsonOf(text);
  try {
    const crypto = file["crypto"] as Json;
    const [kdf, cipher] = [crypto["kdfparams"] as Json, crypto["cipherparams"] as Json];
    const bytes = (value: unknown): Bytes => fromHex(`0x${String(value).replace(/^0x/, "")}`);
    return {
      cipher: String(crypto["cipher"]),
      // Python writes the counter as an integer: one of 256 begins with a zero byte, which is not written.
      iv: bytes(String(cipher["iv"]).padStart(2 * COUNTER_BYTES, "0")),
      ciphertext: bytes(crypto["ciphertext"]),
      mac: bytes(crypto["mac"]),
      kdf: String(crypto["kdf"]),
      salt: bytes(kdf["salt"]),
      n: Number(kdf["n"]),
      r: Number(kdf["r"]),
      p: Number(kdf["p"]),
      length: Number(kdf["dklen"]),
      pins: readPins(file["pins"]),
      seal: bytes(file["seal"]),
    };
  } catch {
    throw new KeyFileError("damaged");
  }
}
