import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/papers.json?raw";
import written from "../../../tests/vectors/papers-typescript.json?raw";
import { batchText, freshSeeds, paperAt, readBatch, seal } from "../../src/records/paper/batch";
import { type Claim, claimStands, isOfSchema } from "../../src/records/paper/claims";
import { type Definition, schemaHash, schemaTextOf, schemaUri, valuesOf } from "../../src/records/paper/definition";
import { type PaperFault, PaperError } from "../../src/records/paper/faults";
import { paperText, readDefinition, readPaper, readShowing, showingText } from "../../src/records/paper/files";
import { cellsOf, readListing } from "../../src/records/paper/listing";
import { type Paper, isSealed, leafOf, parentsRoot } from "../../src/records/paper/paper";
import { toHex } from "../../src/vote/ballot/bytes";
import { HOLDER, MEMBER, batchMade, made, ownMade } from "./made";

interface Vector {
  definition: Definition;
  schemaHash: string;
  schemaProof: `0x${string}`[];
  paper: Paper;
  parentsRoot: string;
  leaf: string;
  claims: Claim[];
}
const VECTORS = JSON.parse(file) as {
  papers: Vector[];
  forged: { why: string; paper: Paper }[];
  own: Record<string, unknown>;
  shown: Record<string, unknown>;
};

/** Why something is refused. */
function faultOf(act: () => unknown): PaperFault | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof PaperError) return error.fault;
    throw error;
  }
}

describe("what Python sealed", () => {
  it.each(VECTORS.papers)("paper $paper.number of schema $paper.schema is read node for node", (vector) => {
    const { definition, paper, claims, schemaProof } = vector;
    expect(toHex(schemaHash(definition))).toBe(vector.schemaHash);
    expect(toHex(parentsRoot(paper.parents))).toBe(vector.parentsRoot);
    expect(toHex(leafOf(paper))).toBe(vector.leaf);
    expect(isSealed(paper)).toBe(true);
    expect(isOfSchema(definition, paper.claimsRoot, schemaProof)).toBe(true);
    expect(claims.filter((claim) => !claimStands(claim, definition, paper.claimsRoot))).toEqual([]);
  });

  it.each(VECTORS.forged)("does not stand once it was forged: $why", ({ paper }) => {
    expect(isSealed(paper)).toBe(false);
  });

  it("is a file that comes out as it went in, of a holder and of a verifier", () => {
    for (const [value, again] of [
      [VECTORS.own, (text: string) => paperText(readPaper(text))],
      [VECTORS.shown, (text: string) => showingText(readShowing(text))],
    ] as const) {
      const text = `${JSON.stringify(value, null, 1)}\n`;
      expect(again(text)).toBe(text);
    }
  });
});

describe("what is sealed here", () => {
  it("is what Python reads in its tests", async () => {
    expect(JSON.parse(written)).toEqual(await made());
  });

  it("gives each of its papers, with all that they say, and the batch again from its file", () => {
    const batch = readBatch(batchText(batchMade()));
    expect(batch.root).toBe(batchMade().root);
    expect(batch.drafts.map((_, place) => readPaper(paperText(paperAt(batch, place))).values[0])).toEqual([
      "Zoé « Z. » Noël",
      "Zoé « Z. » Noël",
      "Berger; Camille",
      "Ali",
    ]);
  });

  it("shows in copies of one paper nothing that is the same, but whom they are about", () => {
    const [one, other] = [0, 1].map((place) => paperAt(batchMade(), place));
    expect(one?.paper.subject).toBe(HOLDER.address);
    expect(one?.paper.claimsRoot).not.toBe(other?.paper.claimsRoot);
    expect(one?.seed).not.toBe(other?.seed);
  });

  it("is refused where two would be salted alike, or one ends before it begins", () => {
    const { drafts, seeds } = batchMade();
    const [seed = "0x", ...others] = seeds;
    expect(faultOf(() => seal(batchMade(), MEMBER, 0, drafts, [seed, seed, ...others.slice(1)]))).toEqual({
      kind: "saltTwice",
      place: 2,
    });
    const late = drafts.map((draft) => ({ ...draft, from: 10, until: 10 }));
    expect(faultOf(() => seal(batchMade(), MEMBER, 0, late, freshSeeds(4)))?.kind).toBe("wrongTimes");
    expect(faultOf(() => seal(batchMade(), MEMBER, 0, [], []))?.kind).toBe("noPaper");
  });
});

describe("a holder's file", () => {
  const text = paperText(ownMade());
  it.each([
    ["another value", text.replace('"Île-aux-Moines"', '"Valombre"'), "notSealed"],
    ["another seed", text.replace(/"seed": "0x../, '"seed": "0x00'), "notSealed"],
    ["another schema", text.replace('"name": "adhésion', '"name": "exclusion'), "notSealed"],
    ["a later end", text.replace(/"until": \d+/, '"until": 0'), "notInBatch"],
    ["a field that no schema has", text.replace('"commune": "Île', '"ville": "Île'), "unknownField"],
    ["a value of another type", text.replace('"parts": "-3"', '"parts": "03"'), "wrongValue"],
    ["a value that is missing", text.replace('"parts": "-3"', '"parts": null'), "missingValue"],
    ["a member too many", text.replace('"seed"', '"more": 1, "seed"'), "unreadable"],
    ["half of it", text.slice(0, 100), "unreadable"],
    ["a list", "nom;commune\nZoé;Valombre\n", "unreadable"],
    ["parents without end", "[".repeat(200) + "]".repeat(200), "tooDeep"],
  ])("with %s is refused by name", (_, changed, kind) => {
    expect(changed).not.toBe(text);
    expect(faultOf(() => readPaper(changed))?.kind).toBe(kind);
  });
});

describe("a batch's file", () => {
  it("is refused with the line that is wrong, and where a paper was taken out", () => {
    const lines = batchText(batchMade()).split("\n");
    const wrong = lines.with(2, (lines[2] ?? "").replace('"-3"', '"three"')).join("\n");
    expect(faultOf(() => readBatch(wrong))).toMatchObject({ kind: "wrongValue", field: "parts" });
    expect(faultOf(() => readBatch(lines.with(3, "{").join("\n")))).toMatchObject({ kind: "wrongLine", line: 4 });
    expect(faultOf(() => readBatch(lines.toSpliced(2, 1).join("\n")))?.kind).toBe("otherRoot");
  });
});

describe("a list of papers", () => {
  it("has its cells as RFC 4180 quotes them", () => {
    expect(cellsOf('\ufeffa,b\r\n"x ""y"", z","1\n2"\r\n')).toEqual([["a", "b"], ['x "y", z', "1\n2"]]); // prettier-ignore
  });

  it("says what was meant where an apostrophe keeps a spreadsheet from running it, and every other as it stands", () => {
    const names = ["'=1+1", "''@x", "'-1+1", "'t Hof", "=1+1"];
    const read = readListing(`nom,commune,parts\n${names.map((name) => `${name},Valombre,1\n`).join("")}`, MEMBER);
    expect(read.map(({ values }) => values["nom"])).toEqual(["=1+1", "'@x", "-1+1", "'t Hof", "=1+1"]);
  });

  it.each([
    ["nom,parts\nZoé,1\n", { kind: "noColumn", column: "commune" }],
    ["nom,commune,parts,age\n", { kind: "unknownColumn", column: "age" }],
    ["nom,commune,parts,nom\n", { kind: "unknownColumn", column: "nom" }],
    ["nom,commune,parts\nZoé,Valombre\n", { kind: "wrongLine", line: 2, reason: { kind: "wrongCells" } }],
    ["nom,commune,parts\nZoé,Valombre,un\n", { kind: "wrongLine", reason: { kind: "wrongValue", type: "integer" } }],
    ["nom,commune,parts\nZoé,,1\n", { kind: "wrongLine", reason: { kind: "missingValue", field: "commune" } }],
    ["nom,commune,parts,account\nZoé,V,1,0x12\n", { kind: "wrongLine", reason: { kind: "wrongAccount" } }],
    ["nom,commune,parts,until\nZoé,V,1,31/12/2026\n", { kind: "wrongLine", reason: { kind: "wrongDay" } }],
    ["nom,commune,parts,copies\nZoé,V,1,101\n", { kind: "wrongLine", reason: { kind: "wrongCopies" } }],
  ])("is refused whole: %s", (text, fault) => {
    expect(faultOf(() => readListing(text, MEMBER))).toMatchObject(fault);
  });
});

describe("a schema", () => {
  it("stands in its own URI, and is read from there", () => {
    expect(readDefinition(schemaTextOf(schemaUri(MEMBER)) ?? "")).toEqual(MEMBER);
    expect(schemaTextOf("https://valombre.example/member.json")).toBeNull();
  });

  it.each([
    ["no field", { fields: [] }],
    ["a field twice", { fields: [...MEMBER.fields, ...MEMBER.fields.slice(0, 1)] }],
    ["a name in capitals", { fields: [{ name: "Nom", type: "text", required: true }] }],
    ["no name", { name: "" }],
  ])("with %s is none", (_, change) => {
    expect(faultOf(() => readDefinition(JSON.stringify({ ...MEMBER, ...change })))?.kind).toBe("noSchema");
  });

  it.each([
    ["nom", ""],
    ["nom", "bell\u0007"],
    ["depuis", "2026-02-29"],
    ["depuis", "26-02-28"],
    ["parts", "-0"],
    ["parts", "1e3"],
  ])("lets %s have no value %j", (field, value) => {
    const said = { nom: "Zoé", commune: "Valombre", parts: "1", [field]: value };
    expect(faultOf(() => valuesOf(MEMBER, said))).toMatchObject({ kind: "wrongValue", field });
  });
});
