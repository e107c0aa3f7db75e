import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/open-data.json?raw";
import made from "../../../tests/vectors/open-data-typescript.json?raw";
import { type RowsDifference, RowTree, difference, rowStands, rowsOf } from "../../src/records/data/csvrows";
import { catalogueProblems } from "../../src/records/data/catalogue";
import { histories, refKey } from "../../src/records/data/history";
import { readReading, readRow, readShown } from "../../src/records/data/shown";
import { placeOf, versionOf, versionsOf } from "../../src/records/data/version";
import { PaperError } from "../../src/records/paper/faults";
import { readOpen } from "../../src/records/paper/openbatch";
import { utf8 } from "../../src/vote/ballot/bytes";
import { madeRow } from "./madedata";

interface Vector {
  texts: {
    text: string;
    rows: number | null;
    root: string;
    unordered: string;
    how: [number, number, number, number[]];
  }[];
  batches: string[];
  roots: string[];
  files: { text: string; sha256: string }[];
  chains: { takenBack: number[]; head: string | null; problems: number }[];
  catalogue: Record<string, unknown>;
  row: string;
  day: string;
  reading: string;
}
const VECTOR = JSON.parse(file) as Vector;
const batches = VECTOR.batches.map(readOpen);
const versions = batches.flatMap(versionsOf);
const refOf = (at: number): string => refKey((versions[at] as (typeof versions)[number]).ref);

const listOf = (it: RowsDifference | null): unknown => it && [it.changed, it.added, it.missing, [...it.places]];

describe("the rows of a CSV", () => {
  const [first] = VECTOR.texts;
  const published = new RowTree(rowsOf(utf8(first?.text ?? "")) ?? []);

  it.each(VECTOR.texts)("are those of Python: $text", ({ text, rows, root, unordered, how }) => {
    const found = rowsOf(utf8(text));
    expect(found?.length ?? null).toBe(rows);
    if (!found) return;
    const tree = new RowTree(found);
    expect([tree.root, tree.unordered]).toEqual([root, unordered]);
    expect(listOf(difference(tree, published))).toEqual(how);
  });

  it("are as many as there are: two hundred thousand in one hash", () => {
    const tree = new RowTree(rowsOf(utf8(Array.from({ length: 200_000 }, (_, at) => `${at}`).join("\n"))) ?? []);
    expect(tree.unordered).toHaveLength(66);
    const last = tree.proof(199_999);
    expect(rowStands(last, tree.root, 200_000)).toBe(true);
  }, 120_000);

  it("are proven one by one, at their own place and as they are", () => {
    for (let place = 0; place < published.rows.length; place++) {
      const proof = published.proof(place);
      const stands = (change: object, count = published.rows.length): boolean =>
        rowStands({ ...proof, ...change }, published.root, count);
      expect(stands({})).toBe(true);
      expect(stands({ place: place + 1 })).toBe(false);
      expect(stands({ text: `${proof.text} ` })).toBe(false);
      expect(stands({ proof: proof.proof.slice(1) })).toBe(false);
      expect(stands({}, published.rows.length + 1)).toBe(false);
    }
  });
});

describe("versions", () => {
  it("have the roots, the places and the hashes of Python", () => {
    expect(batches.map(({ root }) => root)).toEqual(VECTOR.roots);
    expect(versions.map(({ sha256 }) => sha256)).toEqual(VECTOR.files.map(({ sha256 }) => sha256));
    expect(versions.map(placeOf)[0]).toBe("data/comptages-velos/1.csv");
  });

  it.each(VECTOR.chains)(
    "make the chain of Python where $takenBack are taken back",
    ({ takenBack, head, problems }) => {
      const [history, ...others] = histories(versions, new Set(takenBack.map(refOf)));
      expect(others).toEqual([]);
      expect(history?.head?.name ?? null).toBe(head);
      expect(history?.problems.length).toBe(problems);
    },
  );

  it("with a name that would move a path are none", () => {
    const [paper] = (batches[0] as (typeof batches)[number]).papers;
    if (!paper) throw new Error("no paper");
    for (const name of ["..", "../1", "1/2", "é", ""]) {
      expect(() => versionOf({ ...paper, values: new Map([...paper.values, ["version", name]]) })).toThrow(PaperError);
    }
  });
});

describe("the catalogue", () => {
  const known = histories(versions, new Set([refOf(2)]));
  const home = batches[0] as (typeof batches)[number];
  const places = new Map(versions.map((it) => [refKey(it.ref), `batches/${it.name}.json`]));

  it("agrees with the papers as Python wrote it", () => {
    expect(catalogueProblems(VECTOR.catalogue, known, home, places)).toEqual([]);
  });

  it.each([
    ["Comptages de vélos", "Autre", "title"],
    [(VECTOR.files[1]?.sha256 ?? "").slice(2), "0".repeat(64), "sha256"],
    ["eip155:31337", "eip155:1", "paper"],
    ['"seal:number":3', '"seal:number":2', "paper"],
    ['"dcat:version":"3"', '"dcat:version":"4"', "untold"],
    ["http://purl.org/dc/terms/", "http://example.org/", "context"],
    ["https://valombre.example/town/data/comptages-velos/3.csv", "https://evil.example/3.csv", "link"],
    ["batches/3.json", "batches/4.json", "link"],
    ['"dcat:accessURL":"https://valombre', '"dcat:accessURL":"https://evil', "link"],
    ["distribution-status/WITHDRAWN", "distribution-status/COMPLETED", "status"],
    ['"dcat:hasCurrentVersion":"', '"dcat:hasCurrentVersion":"https://evil.example/', "link"],
    ['"spdx:checksum":', '"http://spdx.org/rdf/terms#checksum":{},"spdx:checksum":', "shape"],
    ['"@type":"foaf:Agent"', '"@type":"foaf:Agent","dcat:downloadURL":"https://evil.example"', "shape"],
    ['"dcat:dataset":[', '"dcat:dataset":[{"dct:identifier":"comptages-velos"},', "twice"],
  ])("with %s changed to %s is told of", (from, to, kind) => {
    const forged = JSON.parse(JSON.stringify(VECTOR.catalogue).replaceAll(from, to)) as unknown;
    expect(catalogueProblems(forged, known, home, places).map((it) => it.kind)).toContain(kind);
  });

  it.each([null, [], {}, { "dcat:dataset": { a: 1 } }, { "dcat:dataset": [null, 1, "x"] }])(
    "%j is told of",
    (forged) => {
      expect(catalogueProblems(forged, known, home, places)).not.toEqual([]);
    },
  );
});

describe("what is shown alone", () => {
  it("is the row that Python shows, and as Python writes it", () => {
    const shown = readRow(VECTOR.row);
    expect(shown.row.text).toBe("2026-03-02,Pont-Neuf,388");
    expect(shown.version.name).toBe("1");
    expect(madeRow(VECTOR, 2)).toBe(VECTOR.row);
  });

  it("is a row that Python read", () => {
    expect((JSON.parse(made) as { row: string }).row).toBe(madeRow(VECTOR, 1));
  });

  it("is the reading that Python shows, signed by its sensor", async () => {
    expect((await readReading(VECTOR.reading)).reading.value).toBe("0.25");
    expect((await readShown(VECTOR.reading))?.kind).toBe("reading");
    expect(await readShown("jour,lieu\n")).toBeNull();
  });

  it.each([
    ["Pont-Neuf,388", "Pont-Neuf,389"],
    ['"place": 2', '"place": 3'],
    ['"count": 1', '"count": 2'],
    ["Comptages", "Compteurs"],
  ])("with %s changed to %s is none", (from, to) => {
    expect(() => readRow(VECTOR.row.replace(from, to))).toThrow(PaperError);
  });

  it.each([
    ['"0.25"', '"0.35"'],
    ['"chain": 31337', '"chain": 1'],
    ['"sum": "7"', '"sum": "8"'],
  ])("with %s changed to %s is no reading", async (from, to) => {
    await expect(readReading(VECTOR.reading.replace(from, to))).rejects.toThrow(PaperError);
  });
});
