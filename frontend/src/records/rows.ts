import type { ActsAudit, AuditedAct } from "./paper/actaudit";

/** A line of the register: an act, or the place where one is missing. */
export type Row = { kind: "act"; audited: AuditedAct } | { kind: "gap"; number: string; last: string | null };

/** Acts in the order of their numbers, with a line for each number that is missing. */
export function rowsOf({ acts, problems }: ActsAudit): Row[] {
  const missing = problems.flatMap((it): Row[] =>
    it.kind === "missing" ? [{ kind: "gap", number: it.number, last: it.last }] : [],
  );
  const present = acts.map((audited): Row => ({ kind: "act", audited }));
  const order = new Intl.Collator("en", { numeric: true });
  return [...present, ...missing].sort((a, b) => order.compare(numberOf(a), numberOf(b)));
}

const numberOf = (row: Row): string => (row.kind === "act" ? row.audited.number : row.number);

const SOUGHT = ["delib_id", "delib_date", "delib_objet", "delib_matiere_code", "delib_matiere_nom"];

/** Accents and capitals make no difference to whoever seeks. */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a line has every word that is sought. */
export function isFound(row: Row, sought: string): boolean {
  const said = row.kind === "act" ? SOUGHT.map((name) => row.audited.act.values[name] ?? "").join(" ") : row.number;
  const text = plain(said);
  return plain(sought)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
