/** A sealed roll as `beffroi.roll` publishes it: lines `# key: value`, then `index,account`. */
import { type Bytes, fromHex } from "./bytes";
import { RecordError } from "./records";

const ACCOUNT = /^0x[0-9a-fA-F]{40}$/;

/** The accounts of a roll's CSV, in order; its root is for the caller to compute.
 * @throws RecordError naming the line that is wrong. */
export function parseRoll(text: string): Bytes[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const heading = lines.indexOf("index,account");
  const isHeader = lines.slice(0, heading).every((line) => line.startsWith("# "));
  if (heading < 0 || !isHeader || !lines.includes("# format: beffroi-roll-1")) throw new RecordError("not a roll");
  const rows = lines.slice(heading + 1);
  if (rows.at(-1) === "") rows.pop();
  return rows.map((row, place) => {
    const [index, account, ...more] = row.split(",");
    if (index !== String(place) || !account || more.length || !ACCOUNT.test(account))
      throw new RecordError(`line ${heading + place + 2} is not account ${place}`);
    return fromHex(account);
  });
}
