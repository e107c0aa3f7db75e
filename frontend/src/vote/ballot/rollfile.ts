/** A sealed roll as `beffroi.roll` publishes it: lines `# key: value`, then `index,account`. */
import { type Bytes, fromHex } from "./bytes";
import { RecordError } from "./records";

const NOBODY = `0x${"0".repeat(40)}`;
const ACCOUNT = /^0x[0-9a-fA-F]{40}$/;

/** The accounts of a roll's CSV, in order; its root is for the caller to compute.
 * @throws RecordError naming the line that is wrong. */
export function parseRoll(text: string): Bytes[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const heading = lines.indexOf("index,account");
  const head = lines.slice(0, Math.max(heading, 0));
  const isHeader = head.every((line) => line.startsWith("# "));
  if (heading < 0 || !isHeader || !lines.includes("# format: beffroi-roll-2")) throw new RecordError("not a roll");
  if (new Set(head.map((line) => line.split(":")[0])).size !== head.length) throw new RecordError("stated twice");
  const rows = lines.slice(heading + 1);
  if (rows.at(-1) === "") rows.pop();
  const seen = new Set<string>([NOBODY]);
  return rows.map((row, place) => {
    const [index, account, ...more] = row.split(",");
    if (index !== String(place) || !account || more.length || !ACCOUNT.test(account))
      throw new RecordError(`line ${heading + place + 2} is not account ${place}`);
    const written = account.toLowerCase();
    if (seen.has(written)) throw new RecordError(`line ${heading + place + 2} is nobody, or stands there twice`);
    seen.add(written);
    return fromHex(account);
  });
}

/** Where a roll comes from, as its file says of itself. */
export interface Origin {
  /** The register that it was drawn from. */
  readonly contract: string;
  /** At whose end it was drawn. */
  readonly block: string;
  /** That day, ISO 8601. */
  readonly date: string;
  /** Of residents: `citizen`, `citizen+professional`. */
  readonly kind: string;
}

/** What a roll's file says of where it comes from; empty where it does not. */
export function originOf(text: string): Origin {
  const head = text.slice(0, text.indexOf("index,account"));
  const said = (key: string): string => new RegExp(`^# ${key}: (.*)$`, "m").exec(head)?.[1]?.trim() ?? "";
  return { contract: said("contract"), block: said("block"), date: said("date"), kind: said("kind") };
}

/** What a roll's file states about itself. */
export interface Seal {
  root: string;
  chain: number;
  /** The register that it was drawn from. */
  contract: string;
  /** At whose end it was drawn. */
  block: bigint;
  /** That block's time, unix seconds. */
  sealedAt_s: number;
}

/**
 * The file of a roll of citizens, byte for byte as `beffroi.roll.write_csv` writes it; accounts are checksummed, in
 * order.
 */
export function rollText({ root, chain, contract, block, sealedAt_s }: Seal, accounts: readonly string[]): string {
  const date = new Date(sealedAt_s * 1000).toISOString().slice(0, 10);
  const size = accounts.length;
  const stated = { format: "beffroi-roll-2", root, size, chain, contract, block, date, kind: "citizen" };
  const head = Object.entries(stated).map(([key, value]) => `# ${key}: ${value}\n`);
  return [...head, "index,account\n", ...accounts.map((account, index) => `${index},${account}\n`)].join("");
}
