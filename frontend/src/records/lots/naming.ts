/** Names of lots, products and holders: URIs, each in its one form, which whoever seals gives them. */
import { isPlain } from "../paper/types";

const GS1 = "https://id.gs1.org/";
const ITEM = `${GS1}01/`;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]{1,500}$/;
/** A key of GS1's in a web address or an EPC, and its one form: other ways to write it would be other lots here. */
const GS1_KEY = new RegExp(
  "^urn:epc:|^https?:[^?#]*/(?:00|01|253|255|401|402|414|417|80(?:03|04|06|10|17|18)|" +
    "gtin|itip|cpid|gln|party|gsrnp?|gcn|sscc|gdti|ginc|gsin|grai|giai)/[0-9]{4}",
  "i",
);
const GS1_FORM = new RegExp(
  "^https://id\\.gs1\\.org/(?:01/[0-9]{14}(?:(?:/10/[^/?#]+)?/21/[^/?#]+|/(?:10|235)/[^/?#]+)?" +
    "|(?!01)[0-9]{2,4}/[^/?#]+(?:/[0-9]{2,4}/[^/?#]+)?)$",
);
/** One that is none, or not the one form of one: of a sign that needs none, or in small letters. */
const ESCAPE = /%(?![0-9A-F]{2})|%(?:4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A]|3[0-9]|2D|2E|5F|7E)/;
const ESCAPED = /(?:%[0-9A-Fa-f]{2})+/g;
const THING = /^(https:\/\/id\.gs1\.org\/01\/[0-9]{14})(\/10\/[^/]+)(\/21\/[^/]+)$/;
const ACCENTS = /[\u0300-\u036f]/g;
const SIGNS = /[^\p{L}\p{N}]+/gu;

/** Whether a text can be a name: what has another form to whoever seals it is none. */
export const isName = (text: string): boolean =>
  URI.test(text) &&
  (!GS1_KEY.test(text) || GS1_FORM.test(text)) &&
  !ESCAPE.test(text) &&
  isPlain(text.replace(ESCAPED, unescaped));

/** What a lot is a lot of: itself, where its name does not tell. */
export const productOf = (lot: string): string =>
  lot.startsWith(ITEM) ? (lot.split(/\/(?:10|21)\//, 1)[0] ?? lot) : lot;

/** Of a thing that is named with its lot: that lot, and the thing by its serial number alone; else none. */
export function partsOfThing(name: string): string[] {
  const [, product = "", lot = "", serial = ""] = THING.exec(name) ?? [];
  return product ? [product + lot, product + serial] : [];
}

function unescaped(escaped: string): string {
  const bytes = escaped
    .slice(1)
    .split("%")
    .map((digits) => Number.parseInt(digits, 16));
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** What names have in common that one takes for another: without case or accents, all signs alike, none at an end. */
export const likeness = (name: string): string =>
  name
    .replace(ESCAPED, unescaped)
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .replace(SIGNS, "-")
    .replace(/^-|-$/g, "")
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ");
