const LENGTH = 14;
const SHAPE = /^(?:\d{2}|2[AB])\d{3}[0-9]{3}[0-9A-Z]{2}\d{4}$/;

/** Whether a text is the fourteen characters of a French parcel id. */
export const isParcelId = (text: string): boolean => SHAPE.test(text);

/** The title's token id: the fourteen characters read as one number. */
export function tokenOf(id: string): bigint {
  if (id.length !== LENGTH) throw new RangeError(`${id} is no parcel id`);
  let token = 0n;
  for (let at = 0; at < LENGTH; at += 1) token = (token << 8n) | BigInt(id.charCodeAt(at) & 0xff);
  return token;
}

/** The parcel id that a token id stands for. */
export function parcelOf(token: bigint): string {
  let id = "";
  for (let rest = token; rest > 0n; rest >>= 8n) id = String.fromCharCode(Number(rest & 0xffn)) + id;
  return id;
}

/** As a town hall says it: section and number, the prefix only where it tells something: "AB 17", "052 ZA 3". */
export function nameOf(id: string): string {
  const prefix = id.slice(5, 8);
  const section = id.slice(8, 10).replace(/^0/, "");
  const number = String(Number(id.slice(10)));
  return [...(prefix === "000" ? [] : [prefix]), section, number].join(" ");
}

/**
 * What people type for a parcel, without what does not distinguish: "ab 17", "AB0017" and the whole id find the same.
 */
export function matches(id: string, typed: string): boolean {
  const wanted = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (wanted === "") return true;
  if (id.startsWith(wanted) || id.slice(5).startsWith(wanted) || id.slice(8).startsWith(wanted)) return true;
  const name = nameOf(id);
  return name.replace(/ /g, "") === wanted || (/^[A-Z]{1,2}$/.test(wanted) && name.split(" ").includes(wanted));
}
