/** What people type, scan or print for a lot, a thing or a crate, as the one name that it has here. */
import { partsOfThing } from "./naming";
import type { Story } from "./story";

const GS1 = "https://id.gs1.org/";

/** The keys of GS1's that a name is made of. */
interface Spelled {
  gtin?: string | undefined;
  lot?: string | undefined;
  serial?: string | undefined;
  sscc?: string | undefined;
}

/** The name under which what people spell is told of, the closest; null where nothing is. */
export function foundIn({ named }: Story, text: string): string | null {
  if (named.has(text)) return text;
  const known = new Map([...named].map((name) => [decoded(name), name] as const));
  return namesOf(text).flatMap((name) => known.get(name) ?? [])[0] ?? null;
}

/** Names of what is spelled, without escapes: of a thing that is named with its lot, each of both as well. */
export function namesOf(text: string): string[] {
  const said = text.trim();
  const spelled = ofBrackets(said) ?? ofUrn(said) ?? ofLink(said) ?? ofDigits(said);
  if (!spelled) return [decoded(said)];
  const { gtin = "", lot, serial, sscc } = spelled;
  if (sscc) return [`${GS1}00/${sscc}`];
  const name = `${GS1}01/${gtin.padStart(14, "0")}${lot ? `/10/${lot}` : ""}${serial ? `/21/${serial}` : ""}`;
  return [name, ...partsOfThing(name).reverse()];
}

/** A printed code, `(01)…(10)…`. */
function ofBrackets(text: string): Spelled | null {
  if (!/^(?:\([0-9]{2,4}\)[^()]+)+$/.test(text)) return null;
  const parts = new Map([...text.matchAll(/\(([0-9]{2,4})\)([^()]+)/g)].map(([, key, value]) => [key, value?.trim()]));
  return ofKeys(parts.get("01"), parts.get("10"), parts.get("21"), parts.get("00"));
}

/** A web address of any resolver. */
function ofLink(text: string): Spelled | null {
  const [, path = ""] = /^https?:\/\/[^/]+(\/[^?#]*)/i.exec(text) ?? [];
  const steps = path.split("/");
  const after = (...keys: string[]): string | undefined => {
    const at = steps.findIndex((step) => keys.includes(step.toLowerCase()));
    return at < 0 ? undefined : decoded(steps[at + 1] ?? "");
  };
  return ofKeys(after("01", "gtin"), after("10", "lot"), after("21", "ser"), after("00", "sscc"));
}

const URN = /^urn:epc:(class:lgtin|id:sgtin|id:sscc|idpat:sgtin):([0-9]{6,12})\.([0-9]{1,11})(?:\.(.+))?$/i;

/** An EPC: a company's prefix and its own number, without the check digit. */
function ofUrn(text: string): Spelled | null {
  const [, scheme = "", company = "", own = "", rest = "*"] = URN.exec(text) ?? [];
  const digits = `${own.slice(0, 1)}${company}${own.slice(1)}`;
  const key = `${digits}${checkDigit(digits)}`;
  if (scheme.toLowerCase() === "id:sscc") return ofKeys(undefined, undefined, undefined, key);
  const part = rest === "*" ? undefined : decoded(rest);
  return scheme.toLowerCase() === "class:lgtin" ? ofKeys(key, part) : ofKeys(scheme && key, undefined, part);
}

/** The digits of a crate's label. */
const ofDigits = (text: string): Spelled | null => ofKeys(undefined, undefined, undefined, text.replace(/\s/g, ""));

function ofKeys(gtin?: string, lot?: string, serial?: string, sscc?: string): Spelled | null {
  if (gtin && /^[0-9]{8,14}$/.test(gtin)) return { gtin, lot, serial };
  return sscc && /^[0-9]{18}$/.test(sscc) ? { sscc } : null;
}

/** GS1's: threes and ones in turn from the right, up to a multiple of ten. */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((so, digit, place) => so + Number(digit) * (place % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
