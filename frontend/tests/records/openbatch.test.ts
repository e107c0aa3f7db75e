import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/open-batch.json?raw";
import { PaperError } from "../../src/records/paper/faults";
import { readOpen } from "../../src/records/paper/openbatch";

interface Vector {
  file: { papers: Record<string, unknown>[] };
  root: string;
  leaves: string[];
  forged: { why: string; file: unknown }[];
}
const VECTOR = JSON.parse(file) as Vector;
const read = (value: unknown) => readOpen(JSON.stringify(value));

/** Why a file is none. */
function faultOf(value: unknown, text = JSON.stringify(value)): string | null {
  try {
    readOpen(text);
    return null;
  } catch (error) {
    if (error instanceof PaperError) return error.fault.kind;
    throw error;
  }
}

describe("a batch published whole", () => {
  it("has the root and the leaves that Python gave it", () => {
    const batch = read(VECTOR.file);
    expect(batch.root).toBe(VECTOR.root);
    expect(batch.papers.map(({ ref }) => ref.leaf)).toEqual(VECTOR.leaves);
    expect(batch.papers[1]?.parents[0]).toEqual(batch.papers[0]?.ref);
    expect([...(batch.papers[1]?.values ?? [])].map(([name]) => name)).not.toContain("grade");
  });

  it.each(VECTOR.forged)("has another root once $why was changed", ({ file: forged }) => {
    expect(read(forged).root).not.toBe(VECTOR.root);
  });

  it("is none where a member is missing, too many, or not of its form", () => {
    const papers = VECTOR.file.papers;
    const with_ = (changes: object) => ({ ...VECTOR.file, papers: [{ ...papers[0], ...changes }] });
    const parent = { schema: 1, issuer: `0x${"11".repeat(20)}`, number: 0, leaf: `0x${"22".repeat(32)}` };
    expect(faultOf(with_({ more: 1 }))).toBe("unreadable");
    expect(faultOf(with_({ parents: [{ ...parent, root: parent.leaf }] }))).toBe("unreadable");
    expect(faultOf(with_({ parents: new Array(4097).fill(parent) }))).toBe("unreadable");
    expect(faultOf(with_({ values: { name: "x" } }))).toBe("missingValue");
    expect(faultOf(with_({ from: 9, until: 9 }))).toBe("wrongTimes");
    expect(faultOf({ ...VECTOR.file, papers: [] })).toBe("unreadable");
    expect(faultOf({ ...VECTOR.file, papers: [papers[0], papers[0]] })).toBe("saltTwice");
    expect(faultOf(null, `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`)).toBe("tooDeep");
  });
});
