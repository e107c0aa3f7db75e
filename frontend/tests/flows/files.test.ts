import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/energy.json?raw";
import { jobs } from "../../src/flows/energy/jobs";
import { readPrivate } from "../../src/flows/energy/privatefile";
import { readPublic } from "../../src/flows/energy/publicfile";
import { bytesOf } from "../../src/flows/energy/reading";
import { utf8 } from "../../src/vote/ballot/bytes";

const { periods } = JSON.parse(file) as { periods: { name: string; file: string; terms: { rulesHash: string } }[] };
const court = periods.find(({ name }) => name === "court")!;
const blobOf = (...parts: BlobPart[]): Blob => new Blob(parts);
const ignore = (): void => {};

describe("a file that somebody else serves", () => {
  it.each([
    ["deep lists", "[".repeat(2 ** 18)],
    ["deep lists that end", `${"[".repeat(2 ** 17)}${"]".repeat(2 ** 17)}`],
    ["deep objects", `${'{"a":'.repeat(2 ** 17)}1${"}".repeat(2 ** 17)}`],
    ["nothing", ""],
    ["a number", "1"],
    ["null", "null"],
    ["two values", `${court.file}${court.file}`],
    ["signs that are no JSON", "\u0000\ufffe"],
  ])("is none: %s", (_, text) => {
    expect(() => readPublic(utf8(text))).toThrow(/^unreadable/);
    expect(() => readPrivate(utf8(text))).toThrow(/^unreadable/);
  });

  it.each(["__proto__", "constructor", "toString"])("is none with a key more, whatever objects inherit: %s", (key) => {
    const more = (it: string): string => `{${JSON.stringify(key)}:1,${it.slice(1)}`;
    expect(() => readPublic(utf8(more(court.file)))).toThrow(/^unreadable/);
    const [, column] = /"columns":\[(\{.*?\})/.exec(court.file) ?? [];
    expect(() => readPublic(utf8(court.file.replace(column ?? "?", more(column ?? "?"))))).toThrow(/^unreadable/);
  });

  it("is none where it unpacks to more than a period has, and is not unpacked to its end", async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20, 0x20), { level: 1 });
    await expect(bytesOf(blobOf(new Uint8Array(bomb)))).rejects.toThrow("unreadable size");
    await expect(bytesOf(blobOf(new Uint8Array(64 * 2 ** 20 + 1)))).rejects.toThrow("unreadable size");
  });

  it.each([
    ["period", 2 ** 53],
    ["start", -1],
    ["consumers", 1.5],
    ["step", 1e300],
    ["slots", "3"],
  ])("is none where %s is %s", (key, value) => {
    const other = JSON.stringify({ ...JSON.parse(court.file), [key]: value });
    expect(() => readPublic(utf8(other))).toThrow(`unreadable ${key}`);
  });
});

describe("the rules that one reads before one signs", () => {
  it("are the same from the organiser's file and from one that is published, a line's end or not", async () => {
    const { rules } = JSON.parse(court.file) as { rules: string };
    for (const text of [rules, `${rules}\n`, court.file]) {
      const found = await jobs.rules({ file: blobOf(text) }, ignore);
      expect(found.hash).toBe(court.terms.rulesHash);
      expect(found.rules).toEqual(JSON.parse(rules));
    }
  });

  it.each(["{}", "[]", "null", "1", "", '{"format":"beffroi-energy-1"}'])("are none in %s", async (text) => {
    await expect(jobs.rules({ file: blobOf(text) }, ignore)).rejects.toThrow(/^(rules|unreadable)/);
  });
});
