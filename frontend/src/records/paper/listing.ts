/** Papers to be sealed, from a CSV file as `beffroi.records.listing` reads it: a column a field, whom, from, until. */
import { isAddress } from "viem";
import type { Hex } from "../../vote/ballot/bytes";
import { type Draft, onLine } from "./batch";
import { type Definition, type SchemaField, requireValue } from "./definition";
import { PaperError } from "./faults";
import { NOBODY } from "./paper";

const OWN = ["account", "from", "until", "copies"];
const DAY_S = 86_400;
const MOST_COPIES = 100;
/** What stands so that a spreadsheet does not run it: `beffroi.spreadsheet` puts the apostrophe. */
const GUARDED = /^'+[=+\-@\t\r]/;

/** The cells of a CSV, quotes as RFC 4180 has them; the first separator of its heading is its own: `,` or `;`. */
export function cellsOf(text: string): string[][] {
  const body = text.replace(/^\ufeff/, "").replace(/\r?\n*$/, "");
  const separator = /[,;]/.exec(body.split("\n", 1)[0] ?? "")?.[0] ?? ",";
  const rows: string[][] = [[""]];
  let isQuoted = false;
  for (let at = 0; at < body.length; at++) {
    const sign = body[at] as string;
    const row = rows.at(-1) as string[];
    if (sign === '"' && isQuoted && body[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) row[row.length - 1] += sign;
    else if (sign === separator) row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  return rows;
}

function day_s(text: string): number {
  const at = Date.parse(`${text}T00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at)) throw new PaperError({ kind: "wrongDay", value: text });
  return at / 1000;
}

function subjectOf(text: string): Hex {
  if (!text) return NOBODY;
  if (!isAddress(text, { strict: /[A-F]/.test(text) && /[a-f]/.test(text.slice(2)) }))
    throw new PaperError({ kind: "wrongAccount", value: text });
  return text;
}

function copiesOf(text: string): number {
  if (!text) return 1;
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > MOST_COPIES)
    throw new PaperError({ kind: "wrongCopies", value: text });
  return Number(text);
}

const unguarded = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

function cellValue(field: SchemaField, cell: string): string | null {
  if (cell === "") return null;
  const value = ["address", "hash", "boolean"].includes(field.type) ? cell.toLowerCase() : unguarded(cell);
  requireValue(field, value);
  return value;
}

/**
 * The papers of a list, several copies of one in a row, each to be salted for itself.
 *
 * @throws PaperError naming the column or the line that is wrong
 */
export function readListing(text: string, definition: Definition): Draft[] {
  const [heading = [], ...rows] = cellsOf(text);
  const columns = heading.map((name) => name.trim());
  const known = [...definition.fields.map(({ name }) => name), ...OWN];
  const unknown = columns.find((name, place) => !known.includes(name) || columns.indexOf(name) !== place);
  if (unknown !== undefined) throw new PaperError({ kind: "unknownColumn", column: unknown });
  const missing = definition.fields.find(({ name, required }) => required && !columns.includes(name));
  if (missing) throw new PaperError({ kind: "noColumn", column: missing.name });
  return rows.flatMap((cells, place) => onLine(place + 2, () => draftsOf(definition, columns, cells)));
}

function draftsOf({ fields }: Definition, columns: readonly string[], cells: readonly string[]): Draft[] {
  if (cells.length !== columns.length) throw new PaperError({ kind: "wrongCells" });
  const cell = (name: string): string => (cells[columns.indexOf(name)] ?? "").trim();
  const values = fields.map((field) => {
    const value = cellValue(field, cell(field.name));
    if (value === null && field.required) throw new PaperError({ kind: "missingValue", field: field.name });
    return [field.name, value] as const;
  });
  const draft: Draft = {
    values: Object.fromEntries(values),
    subject: subjectOf(cell("account")),
    from: cell("from") ? day_s(cell("from")) : 0,
    until: cell("until") ? day_s(cell("until")) + DAY_S : 0,
    parents: [],
  };
  return new Array<Draft>(copiesOf(cell("copies"))).fill(draft);
}
