/** What is no text, too large or too much, and what nobody says was issued. */
import { describe, expect, it } from "vitest";
import texts from "../../../tests/vectors/paper-texts.json?raw";
import file from "../../../tests/vectors/town-acts.json?raw";
import { textOf } from "../../src/records/file";
import { problemsOf } from "../../src/records/flows/check";
import { DELIBERATION, readActs } from "../../src/records/paper/actsfile";
import { paperAt, seal } from "../../src/records/paper/batch";
import { ClaimTree } from "../../src/records/paper/claims";
import { type Definition, requireSchema } from "../../src/records/paper/definition";
import { PaperError } from "../../src/records/paper/faults";
import { paperText, readPaper, readShowing, showingText } from "../../src/records/paper/files";
import { NOBODY } from "../../src/records/paper/paper";
import { doubtsOf } from "../../src/records/paper/showing";
import { FORMS } from "../../src/records/paper/types";
import { fromHex, toHex } from "../../src/vote/ballot/bytes";
import { ASK, CONTRACT, ISSUER, MEMBER, NOW_S, shownMade } from "./made";

const TEXTS = JSON.parse(texts) as { text: string; isText: boolean; isName: boolean }[];
const SEED = `0x${"5e".repeat(32)}` as const;

function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return (error as PaperError).fault;
  }
  return null;
}

describe("what turns a line, or moves what is shown", () => {
  it.each(TEXTS)(
    "is no text and no schema's name where Python takes it for none: $text",
    ({ text, isText, isName }) => {
      expect(FORMS.text(text)).toBe(isText);
      const told = faultOf(() => requireSchema({ ...MEMBER, name: text }));
      expect(told).toEqual(isName ? null : { kind: "noSchema" });
    },
  );
});

describe("a field that is named as a member of every object is", () => {
  const firm: Definition = {
    format: "beffroi-schema-1",
    name: "firm",
    fields: [{ name: "constructor", type: "text", required: false }],
  };
  const home = { chain: 31337, contract: CONTRACT, schema: 3, issuer: ISSUER };
  const own = (values: Record<string, string>) =>
    paperAt(seal(home, firm, 0, [{ values, subject: NOBODY, from: 0, until: 0, parents: [] }], [SEED]), 0);

  it.each([
    ["empty", {}, null],
    ["filled", { constructor: "Dupont" } as unknown as Record<string, string>, "Dupont"],
  ])("comes out of a file as it went in where it is %s", (_, values, told) => {
    expect(readPaper(paperText(own(values))).values).toEqual([told]);
  });
});

describe("a paper on too many others", () => {
  it("is not read, for a node would be asked of each", async () => {
    const shown = await shownMade([]);
    const on = (count: number): string =>
      showingText({ ...shown, paper: { ...shown.paper, parents: new Array(count).fill(shown.paper) } });
    expect(faultOf(() => readShowing(on(255)))).toBeNull();
    expect(faultOf(() => readShowing(on(256)))).toEqual({ kind: "tooDeep" });
  });
});

describe("a file that is larger than any paper", () => {
  it("is not read", async () => {
    await expect(textOf(new File(["12345"], "a.json"), 5)).resolves.toBe("12345");
    await expect(textOf(new File(["123456"], "a.json"), 5)).rejects.toEqual(
      new PaperError({ kind: "tooLarge", most_bytes: 5 }),
    );
  });
});

describe("an individual act that was sealed by another tool", () => {
  const [open] = (JSON.parse(file) as { files: { acts: { claims?: { name: string; value: string }[] }[] }[] }).files;
  const said = open?.acts.find(({ claims }) => claims)?.claims ?? [];

  it.each(["hier", "2026-02-30"])("is refused where its day is %s", (day) => {
    const values = [...DELIBERATION.fields].map(({ name }) =>
      name === "delib_date" ? day : (said.find((it) => it.name === name)?.value ?? null),
    );
    const tree = new ClaimTree(DELIBERATION, values, fromHex(SEED));
    const act = {
      claimsRoot: toHex(tree.root),
      schemaProof: tree.schemaProof,
      claims: tree.claims(said.map(({ name }) => name)),
    };
    expect(faultOf(() => readActs(JSON.stringify({ ...open, acts: [act] })))).toEqual({
      kind: "wrongValue",
      field: "delib_date",
      type: "date",
      value: day,
    });
  });
});

describe("a paper that nobody issued, where no node answers", () => {
  it("is not told as good where the state that the town published does not know it", async () => {
    const showing = await shownMade(["commune"]);
    const found = { showing, doubts: await doubtsOf(showing, ASK, NOW_S), took_ms: 0 };
    const listed = { at_s: NOW_S, isKnown: true, doubts: [] };
    expect(problemsOf(found, null, listed)).toEqual([]);
    expect(problemsOf(found, null, { ...listed, isKnown: false })).toHaveLength(1);
  });
});
