import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/town-acts.json?raw";
import {
  type ActProblem,
  type IssuedBatch,
  type ListedCall,
  type RegisterProblem,
  auditActs,
} from "../../src/records/paper/actaudit";
import { type Act, readActs } from "../../src/records/paper/actsfile";
import type { PaperError } from "../../src/records/paper/faults";
import { isFound, rowsOf } from "../../src/records/rows";

interface Vector {
  files: { acts: Record<string, unknown>[] }[];
  roots: string[];
  issued: IssuedBatch[];
  calls: ListedCall[];
  problems: string[];
  acts: { number: string; executedBy: string[]; problems: string[] }[];
}
const VECTOR = JSON.parse(file) as Vector;
const read = VECTOR.files.map((it) => readActs(JSON.stringify(it)));
const calls = VECTOR.calls.map((it) => ({ ...it, isToldOnly: false }));
const audit = auditActs(VECTOR.issued, read, calls);

const dayOf = (at_s: number): string => new Date(at_s * 1000).toISOString().slice(0, 10);

/** The library's sentence. */
function ofRegister(it: RegisterProblem): string {
  switch (it.kind) {
    case "unpublished": {
      return `acts ${it.first} to ${it.last} of ${dayOf(it.issued_s)} are published nowhere`;
    }
    case "notOnChain":
      return `a published batch of ${it.count} acts, ${it.root}, is not on chain, or was changed`;
    case "missing":
      return it.last === null ? `${it.number} is missing` : `${it.number} to ${it.last} are missing`;
    case "twice":
      return `${it.number} is given twice`;
    case "noNumber":
      return `'${it.number}' is no number: none before or after it can be missed`;
    default:
      return `no act authorises ${it.call.what}, ${it.call.transaction}`;
  }
}

function ofAct(it: ActProblem, values: Readonly<Record<string, string | null>>): string {
  switch (it.kind) {
    case "late":
      return `published ${it.days} days after the vote, 7 at most`;
    case "early":
      return `dated ${it.day}, after it was published`;
    case "noDay":
      return "it has no day of its vote"; // Python refuses the file
    case "takenBack":
      return "it is revoked or disowned: it authorises nothing";
    case "doneOnce":
      return `the call that it authorises is authorised by ${it.acts} acts`;
    case "doneBefore":
      return `the call that it authorises was made on ${dayOf(it.at_s)}, before it was published`;
    case "notDone":
      return `the call that it authorises, ${values["authorises"]}, was not made`;
    default:
      return `the call that it authorises was made ${it.times} times`;
  }
}

describe("a register of acts", () => {
  it("has the roots that Python finds", () => {
    expect(read.map(({ root }) => root)).toEqual(VECTOR.roots);
  });

  it("is audited as Python audits it, fault by fault", () => {
    expect(audit.problems.map(ofRegister)).toEqual(VECTOR.problems);
    expect(
      audit.acts.map(({ number, executedBy, problems, act }) => ({
        number,
        executedBy: executedBy.map(({ transaction }) => transaction),
        problems: problems.map((it) => ofAct(it, act.values)),
      })),
    ).toEqual(VECTOR.acts);
  });

  it("tells nothing of an individual act but that there is one", () => {
    const [first] = audit.acts;
    expect(first?.act.isIndividual).toBe(true);
    expect(Object.keys(first?.act.values ?? {})).not.toContain("delib_objet");
  });

  it("shows what is missing in its place", () => {
    const rows = rowsOf(audit).map((row) => (row.kind === "gap" ? `${row.number}?` : row.audited.number));
    expect(rows).toEqual(["2026-001", "2026-002", "2026-003?", "2026-004", "2026-004", "néant"]);
  });

  it("is sought by any words of an act, whatever their accents", () => {
    const found = (sought: string): number => rowsOf(audit).filter((row) => isFound(row, sought)).length;
    expect(found("")).toBe(6);
    expect(found("ECOLE primitif")).toBe(4);
    expect(found("2026-002")).toBe(1);
    expect(found("neant")).toBe(1);
    expect(found("piscine")).toBe(0);
  });
});

/** The audit of acts that were issued together on a day. */
function audited(
  acts: readonly Partial<Record<string, string | null>>[],
  issued: string,
  takenBack?: Set<number>,
  made = calls,
) {
  const [root, first] = [read[0]?.root ?? "0x", 0];
  const home = { chain: 31337, contract: root, schema: 1, issuer: root };
  const told = acts.map((values, place) => ({ place, values: { ...values }, isIndividual: false }) as Act);
  const batch = { root, first, count: acts.length, issued: Date.parse(issued) / 1000 };
  return auditActs([batch], [{ ...home, root, first, acts: told }], made, takenBack);
}
const numbered = (...numbers: string[]): string[] =>
  audited(
    numbers.map((number) => ({ delib_id: number, delib_date: "2026-01-15" })),
    "2026-01-16",
  )
    .problems.filter(({ kind }) => kind !== "unauthorised")
    .map(ofRegister);

describe("the numbers of a council", () => {
  it.each([
    ["the day of an act", ["2026-001", "2026-20260131"], ["2026-00000002 to 2026-20260130 are missing"]],
    ["twelve digits", ["1", "999999999999"], ["000000000002 to 999999999998 are missing"]],
  ])("do not stop the audit by %s", (_, numbers, told) => {
    expect(numbered(...numbers)).toEqual(told);
  });

  it("are none beyond what one counts by", () => {
    expect(numbered("1", "9".repeat(400))).toEqual([
      `'${"9".repeat(400)}' is no number: none before or after it can be missed`,
    ]);
  });

  it("are missing where a letter alone stands, or before the first of a year", () => {
    expect(numbered("2026-001", "2026-002B", "2026-003")).toEqual(["2026-002 is missing"]);
    expect(numbered("D2026-3")).toEqual(["D2026-1 is missing", "D2026-2 is missing"]);
  });

  it("are the same with more zeros", () => {
    expect(numbered("2026-1", "2026-01")).toEqual(["2026-01 is given twice"]);
  });
});

describe("an act", () => {
  const hash = calls[0]?.hash ?? "0x";
  const kinds = (values: Partial<Record<string, string | null>>, takenBack?: Set<number>): string[] =>
    audited([{ delib_id: "1", ...values }], "2026-09-01", takenBack).acts.flatMap(({ problems }) =>
      problems.map(({ kind }) => kind),
    );

  it.each([null, "hier", "2026-02-30x"])("published months late is told where its day is %s", (day) => {
    expect(kinds({ delib_date: day })).toEqual(["noDay"]);
  });

  it("that came after its call, or with another for one call, is told so", () => {
    const values = { delib_id: "1", delib_date: "2026-09-01", authorises: hash };
    const made = { what: "LandTax.RatesSet", transaction: hash, hash, isToldOnly: false };
    const told = (at: string, count: number): string[] =>
      audited(new Array(count).fill(values), "2026-09-01", undefined, [
        { ...made, at: Date.parse(at) / 1000 },
      ]).acts.flatMap(({ problems }) => problems.map((it) => ofAct(it, values)));
    expect(told("2026-09-02", 1)).toEqual([]);
    expect(told("2026-08-31", 1)).toEqual([
      "the call that it authorises was made on 2026-08-31, before it was published",
    ]);
    expect(told("2026-09-02", 2)).toEqual(new Array(2).fill("the call that it authorises is authorised by 2 acts"));
  });

  it("that was taken back authorises nothing", () => {
    const values = { delib_date: "2026-09-01", authorises: hash };
    expect(kinds(values, new Set([0]))).toEqual(["takenBack"]);
    expect(audited([values], "2026-09-01", new Set([0])).acts[0]?.executedBy).toEqual([]);
  });
});

describe("a file of acts that was changed", () => {
  const [open = { acts: [] }] = VECTOR.files;
  const claims = (open.acts[0]?.["claims"] ?? []) as unknown[];
  const changed = (place: number, change: Record<string, unknown>): string =>
    JSON.stringify({ ...open, acts: open.acts.with(place, { ...open.acts[place], ...change }) });

  it("has another root, which was not issued", () => {
    const values = { ...(open.acts[1]?.["values"] as object), delib_objet: "Autre chose" };
    const forged = readActs(changed(1, { values }));
    const told = auditActs(VECTOR.issued, [forged], []);
    expect(told.problems.map(({ kind }) => kind).slice(0, 4)).toEqual([
      "unpublished",
      "unpublished",
      "unpublished",
      "notOnChain",
    ]);
  });

  it.each([
    ["other claims", changed(0, { claimsRoot: `0x${"00".repeat(32)}` }), "notSealed"],
    ["another schema's proof", changed(0, { schemaProof: [] }), "notSealed"],
    ["a claim too few", changed(0, { claims: claims.slice(1) }), "notSealed"],
    ["no act", JSON.stringify({ ...open, acts: [] }), "unreadable"],
    ["another format", JSON.stringify({ ...open, format: "beffroi-acts-2" }), "unreadable"],
  ])("is refused for %s", (_, text, kind) => {
    let fault: unknown;
    try {
      readActs(text);
    } catch (error) {
      fault = (error as PaperError).fault;
    }
    expect(fault).toMatchObject({ kind });
  });
});
