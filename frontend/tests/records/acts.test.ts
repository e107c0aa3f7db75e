import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/town-acts.json?raw";
import {
  type ActProblem,
  type Call,
  type IssuedBatch,
  type RegisterProblem,
  auditActs,
} from "../../src/records/paper/actaudit";
import { readActs } from "../../src/records/paper/actsfile";
import type { PaperError } from "../../src/records/paper/faults";
import { isFound, rowsOf } from "../../src/records/rows";

interface Vector {
  files: { acts: Record<string, unknown>[] }[];
  roots: string[];
  issued: IssuedBatch[];
  calls: Call[];
  problems: string[];
  acts: { number: string; executedBy: string[]; problems: string[] }[];
}
const VECTOR = JSON.parse(file) as Vector;
const read = VECTOR.files.map((it) => readActs(JSON.stringify(it)));
const audit = auditActs(VECTOR.issued, read, VECTOR.calls);

/** The library's sentence. */
function ofRegister(it: RegisterProblem): string {
  switch (it.kind) {
    case "unpublished": {
      const day = new Date(it.issued_s * 1000).toISOString().slice(0, 10);
      return `acts ${it.first} to ${it.last} of ${day} are published nowhere`;
    }
    case "notOnChain":
      return `a published batch of ${it.count} acts, ${it.root}, is not on chain, or was changed`;
    case "missing":
      return `${it.number} is missing`;
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
        executedBy,
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
