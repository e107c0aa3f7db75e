import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import drawnByDapp from "../../../tests/vectors/energy-typescript.json?raw";
import { affine, commit, commitAll, compressed, decompressed, hashedToCurve } from "../../src/flows/energy/curve";
import { headerHash, linesHash } from "../../src/flows/energy/header";
import { cellsOf, headerOf, totalsRoot } from "../../src/flows/energy/period";
import { canonical, readRules } from "../../src/flows/energy/rules";
import { allocated, coefficients } from "../../src/flows/energy/sums";
import { type Finding, type ToldMeter, type Verdict, sharesOf, verified } from "../../src/flows/energy/verify";
import { type Statement, hashStatement, nameOf } from "../../src/flows/terms";
import { type Hex, concat, toHex, word } from "../../src/vote/ballot/bytes";
import { drawn, made } from "./streets";
import { type Period, VECTORS, finished, ofText, toldOf } from "./vectors";

const verdictOf = (text: string, period: Period, statement: Statement): Verdict => {
  const read = ofText(text);
  return finished(verified(read, toldOf(period, statement)));
};

/** As Python writes it: `-0x3`. */
const integer = (text: string): bigint => (text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text));

describe("commitments that Python makes", () => {
  it("rest on the same point of unknown logarithm", () => {
    const { x, y } = hashedToCurve();
    expect(toHex(concat(word(x), word(y)))).toBe(VECTORS.h.point);
  });

  it.each(VECTORS.commitments)("are made alike: $value", ({ value, blinding, point }) => {
    const [made = { x: 0n, y: 0n }] = affine([commit(BigInt(value), integer(blinding))]);
    expect(toHex(concat(word(made.x), word(made.y)))).toBe(point);
    if (made.x > 0n) expect(decompressed(compressed(made))).toEqual(made);
  });
});

describe("commitments made many at once", () => {
  const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

  it("are those that are made one by one, none of a base and infinity among them", () => {
    const edges = [0n, 1n, 255n, 256n, 2n ** 32n - 1n, 2n ** 128n, N - 1n, N, N + 1n, -1n];
    const pairs = edges.flatMap((value) => edges.map((blinding) => [value, blinding] as const));
    const drawn = VECTORS.commitments.map(({ value, blinding }) => [BigInt(value), integer(blinding)] as const);
    const all = [...pairs, ...drawn];
    const found = commitAll(
      all.map(([value]) => value),
      all.map(([, blinding]) => blinding),
    );
    expect(found).toEqual(affine(all.map(([value, blinding]) => commit(value, blinding))));
    expect(found[0]).toEqual({ x: 0n, y: 0n });
  });
});

describe.each(VECTORS.periods)("the period that Python publishes: $name", (period) => {
  const read = ofText(period.file);

  it("has these roots, and is what was stated", () => {
    const cells = finished(cellsOf(read.period));
    const header = headerOf(read.period, cells.root);
    const { columnsRoot: columns, allocationsRoot: allocations } = header;
    expect({ columns, cells: cells.root, totals: totalsRoot(read.period), allocations }).toEqual(period.roots);
    expect(toHex(headerHash(header))).toBe(period.statement.readingsRoot);
    expect(nameOf(period.terms)).toBe(period.op);
    expect(hashStatement(period.statement)).toBe(period.statement.hash);
  });

  it("gives each meter as many watt-hours, by the same coefficients, and the lines that were stated", () => {
    const ks = read.period.totals.map(coefficients);
    expect(ks.map(({ draws }) => Number(draws))).toEqual(period.weights.consumers);
    expect(ks.map(({ injects }) => Number(injects))).toEqual(period.weights.producers);
    expect(sharesOf(read.period).map(({ wh }) => wh.map(Number))).toEqual(period.given);
    expect(read.lines.map(({ member, amount_cents }) => [member, Number(amount_cents)])).toEqual(period.lines);
    expect(toHex(linesHash(read.lines))).toBe(period.statement.linesHash);
  });

  it("is found true in all that can be checked", () => {
    expect(verdictOf(period.file, period, period.statement).findings).toEqual([]);
  });
});

/** As Python names what no refutation reaches, and where it stands among the checks here. */
const UNREFUTED: Readonly<Record<string, string>> = {
  unpublished: "sealed",
  member: "meters",
  rules: "rules",
  slots: "slots",
  lines: "bills",
};
const named = ({ falsity, check }: Finding): string =>
  falsity?.replace(/[a-z](?=[A-Z])/g, "$& ").toLowerCase() ??
  Object.entries(UNREFUTED).find(([, its]) => its === check)?.[0] ??
  check;

describe("a period that is false", () => {
  const court = VECTORS.periods.find(({ name }) => name === "court") as Period;

  it.each(VECTORS.false)("is told by what refutes it: $name", ({ file: text, statement, what, column, step, slot }) => {
    const { findings } = verdictOf(text, court, statement);
    const found = findings.map((it) => ({ what: named(it), ...it.at }));
    const wanted = {
      what,
      ...(column === null ? {} : { column }),
      ...(step === null ? {} : { step }),
      ...(slot === null ? {} : { slot }),
    };
    expect(found).toContainEqual(expect.objectContaining(wanted));
  });
});

describe("what an organiser or a stranger may try", () => {
  const court = VECTORS.periods.find(({ name }) => name === "court") as Period;
  const read = ofText(court.file);
  const told = toldOf(court, court.statement);

  it.each([true, false])("a meter without a column is noted, and nothing false: committed %s", (isCommitted) => {
    const meter: Hex = `0x${"07".repeat(32)}`;
    const commitment: Hex = `0x${(isCommitted ? "01" : "00").repeat(32)}`;
    const [[, like] = []] = [...told.meters];
    const meters = new Map([...told.meters, [meter, { ...(like as ToldMeter), commitment }] as const]);
    const { absences, findings } = finished(verified(read, { ...told, meters }));
    expect({ absences, findings }).toEqual({ absences: [{ meter, isCommitted }], findings: [] });
  });

  it("the order of columns gives nobody a watt-hour more", () => {
    const [one, other]: [Hex, Hex] = ["0x01", "0x02"];
    const half = 2n ** 31n;
    expect(allocated([one, other], [half, half], 1n)).toEqual([1n, 0n]);
    expect(allocated([other, one], [half, half], 1n)).toEqual([0n, 1n]);
  });

  it.each([
    ["lines", 2 ** 12 + 1, [`0x${"11".repeat(20)}`, 1]],
    ["odd", 2 ** 14 + 1, { cell: 1, points: `0x${"00".repeat(192)}` }],
    ["size", 2 ** 18 + 1, []],
  ])("more %s than a period has are refused", (why, count, item) => {
    const key = why === "size" ? "lines" : why;
    const text = JSON.stringify({ ...JSON.parse(court.file), [key]: new Array(count).fill(item) });
    expect(() => ofText(text)).toThrow(`unreadable ${why}`);
  });

  const rules = JSON.parse(JSON.parse(court.file).rules);
  const [slot, ...rest] = rules.slots;
  it.each([
    ["hours backwards", { slots: [{ ...slot, hours: [[360, 0]] }, ...rest] }],
    ["days out of order", { slots: [{ ...slot, days: [2, 1] }, ...rest] }],
    ["a month twice", { slots: [{ ...slot, months: [1, 1] }, ...rest] }],
    ["two slots of one name", { slots: [{ ...slot, name: rest[0].name }, ...rest] }],
    [
      "two elements of one name",
      { elements: [rules.elements[0], { ...rules.elements[1], name: rules.elements[0].name }] },
    ],
    ["a slot that never holds", { slots: [rest.at(-1), slot, rest[0]] }],
    ["an hour without a slot", { slots: [slot, rest[0], { ...rest[1], hours: [[0, 600]] }] }],
    ["a name that hides a sign", { name: "rue\u200b" }],
    ["a name turned round", { name: "rue\u202e" }],
    ["a space before a name", { name: " rue" }],
    ["a zone in small letters", { timezone: "europe/paris" }],
    ["an offset for a zone", { timezone: "+02:00" }],
    ["this machine's zone", { timezone: "localtime" }],
    ["nobody's zone", { timezone: "Factory" }],
  ])("rules are none with %s", (_, changed) => {
    expect(readRules(canonical(rules))).toEqual(rules);
    expect(() => readRules(canonical({ ...rules, ...changed }))).toThrow("rules");
  });
});

describe("streets that the dApp draws", () => {
  it("are those of the vectors that Python seals and bills alike", () => {
    const streets = Array.from({ length: 8 }, (_, seed) => drawn(seed)).map((it) => ({ ...it, made: made(it) }));
    const text = `${JSON.stringify(streets, null, 1)}\n`;
    const place = new URL("../../../tests/vectors/energy-typescript.json", import.meta.url);
    if (process.env["BEFFROI_VECTORS"] === "write") writeFileSync(place, text);
    else expect(text).toBe(drawnByDapp);
  }, 60_000); // ends a hang: it measures nothing
});
