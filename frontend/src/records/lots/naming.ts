/** Names of lots, products and holders: URIs, each in its one form, which whoever seals gives them. */
const ITEM = "https://id.gs1.org/01/";
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]{1,500}$/;
/** A key of GS1's in a web address or an EPC, and its one form: other ways to write it would be other lots here. */
const GS1_KEY = new RegExp(
  "^urn:epc:|^https?:[^?#]*/(?:00|01|253|255|401|402|414|417|80(?:03|04|06|10|17|18)|" +
    "gtin|itip|cpid|gln|party|gsrnp?|gcn|sscc|gdti|ginc|gsin|grai|giai)/[0-9]{4}",
  "i",
);
const GS1_FORM = new RegExp(
  "^https://id\\.gs1\\.org/" +
    "(?:01/[0-9]{14}(?:/(?:10|21|235)/[^/?#]+)?|(?!01)[0-9]{2,4}/[^/?#]+(?:/[0-9]{2,4}/[^/?#]+)?)$",
);
const ESCAPED = /(?:%[0-9A-Fa-f]{2})+/g;
const ACCENTS = /[\u0300-\u036f]/g;
const SIGNS = /[^\p{L}\p{N}]+/gu;

/** Whether a text can be a name: what has another form to whoever seals it is none. */
export const isName = (text: string): boolean => URI.test(text) && (!GS1_KEY.test(text) || GS1_FORM.test(text));

/** What a lot is a lot of: itself, where its name does not tell. */
export const productOf = (lot: string): string =>
  lot.startsWith(ITEM) ? (lot.split(/\/(?:10|21)\//, 1)[0] ?? lot) : lot;

const unescaped = (escaped: string): string => {
  const bytes = escaped
    .slice(1)
    .split("%")
    .map((digits) => Number.parseInt(digits, 16));
  return new TextDecoder().decode(new Uint8Array(bytes));
};

/** What names have in common that a reader takes for one another: without case or accents, all signs alike. */
export const likeness = (name: string): string =>
  name
    .replace(ESCAPED, unescaped)
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .replace(SIGNS, "-")
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ");
