import { describe, expect, it } from "vitest";
import { type OwnMonth, ownMonth } from "../../src/flows/energy/own";
import { readPrivate } from "../../src/flows/energy/privatefile";
import type { ToldMeter } from "../../src/flows/energy/verify";
import { type Hex, keccak, toHex, utf8 } from "../../src/vote/ballot/bytes";
import { type False, type Meter, type Period, VECTORS, ofText, toldOf } from "./vectors";

describe("one's own month", () => {
  const street = VECTORS.periods.find(({ name }) => name === "court") as Period;
  const [home] = street.meters as [Meter];
  const read = ofText(street.file);
  const month = (changes: object = {}): string =>
    JSON.stringify({
      format: "beffroi-energy-own-1",
      op: street.op,
      period: street.statement.period,
      start: read.period.start_s,
      step: read.period.step_s,
      id: home.id,
      kind: "draws",
      member: home.member,
      seed: home.seed,
      readings: home.readings,
      missing: [],
      estimated: [3],
      ...changes,
    });
  const told = toldOf(street, street.statement);
  const meter = told.meters.get(home.id) as ToldMeter;
  const found = (changes: object = {}, chain: object = {}): OwnMonth | null =>
    ownMonth(read, readPrivate(utf8(month(changes))), { ...told, meter, ...chain });

  it("holds, with the bill that was stated", () => {
    const own = found();
    expect(own).toMatchObject({ faults: [], column: 0, otherStep: null, missing: 0, estimated: 1 });
    const [, cents] = street.lines.find(([member]) => member === home.member) ?? [];
    expect(own?.bill?.amount_cents).toBe(BigInt(cents ?? 0));
    expect(own?.stated_cents).toBe(BigInt(cents ?? 0));
    expect(own?.days.map(({ day, start_s }) => [day, start_s])).toEqual([["2026-06-01", read.period.start_s]]);
    expect([...(own?.days[0]?.own_wh ?? [])]).toEqual(home.readings);
    const given = own?.days[0]?.shared_wh.reduce((sum, it) => sum + it, 0) ?? 0;
    expect(Math.abs(given - (street.given[0] ?? []).reduce((sum, it) => sum + it, 0))).toBeLessThan(3);
  });

  it("differs where one reading does, from the first step on: every blinding is of the whole curve", () => {
    const readings = home.readings.map((it, step) => (step === 5 ? it + 1 : it));
    expect(found({ readings })).toMatchObject({ otherStep: 0, faults: ["readings", "root", "allocation"] });
    expect(found({ seed: home.id })?.faults).toEqual(["readings", "root", "allocation"]);
  });

  it("is told by what of it the chain has otherwise", () => {
    const { statement } = street;
    expect(found({}, { meter: { ...meter, commitment: home.id } })?.faults).toEqual(["root"]);
    expect(found({}, { rulesHash: home.id })?.faults).toEqual(["rules"]);
    expect(found({}, { statement: { ...statement, linesHash: home.id } })?.faults).toEqual(["bill"]);
    expect(found({}, { statement: { ...statement, totalsRoot: home.id } })?.faults).toEqual(["totals"]);
  });

  it("is told where her meter is billed as another's, or as of the other kind", () => {
    const friend = street.meters[1]?.member;
    expect(found({ member: friend })).toMatchObject({ faults: ["member"], member: home.member });
    expect(found({ kind: "injects" })?.faults).toEqual(["member"]);
  });

  it("is told where agent and organiser name a friend together: she signed her name on chain", () => {
    const friend = street.meters[1]?.member as Hex;
    const file = JSON.parse(street.file);
    const columns = file.columns.map((it: object, at: number) => (at === 0 ? { ...it, member: friend } : it));
    const published = ofText(JSON.stringify({ ...file, columns }));
    const own = ownMonth(published, readPrivate(utf8(month({ member: friend }))), { ...told, meter });
    expect(own?.faults).toContain("member");
    expect(own?.member).toBe(home.member);
  });

  const falseOwn = ({ file: text, statement }: False): OwnMonth | null =>
    ownMonth(ofText(text), readPrivate(utf8(month())), { ...told, statement, meter });
  const falseOf = (name: string): False => VECTORS.false.find((it) => it.name === name) as False;

  it.each([
    ["a step of another slot", "slots"],
    ["a cent shifted", "bill"],
    ["a line too much", "bill"],
    ["other rules", "rules"],
    ["no rules", "rules"],
    ["an allocation of 2^96", "bill"],
  ])("does not hold in a file with %s, which no short proof may reach: %s", (name, fault) => {
    expect(falseOwn(falseOf(name))?.faults).toContain(fault);
  });

  it.each(VECTORS.false)("is told, and never called unreadable, whatever an organiser states: $name", (it) => {
    const own = falseOwn(it);
    if (own) expect(own.days.flatMap(({ own_wh }) => [...own_wh])).toEqual(home.readings);
  });

  it("shows what the stated lines take of her, where the rules give another amount", () => {
    const { lines } = ofText(falseOf("a cent shifted").file);
    const own = falseOwn(falseOf("a cent shifted"));
    const cents = lines.find(({ member }) => member === home.member)?.amount_cents;
    expect(own?.stated_cents).toBe(cents);
    expect(found({}, { statement: { ...street.statement, linesHash: home.id } })?.stated_cents).toBeNull();
  });

  it("is not shown right under a key that sums of commitments do not show", () => {
    const rules = read.rules.replace('"key":"default"', '"key":"static"');
    const rulesHash = toHex(keccak(utf8(rules)));
    const own = ownMonth({ ...read, rules }, readPrivate(utf8(month())), { ...told, rulesHash, meter });
    expect(own?.faults).toEqual(["rules"]);
  });

  it("is in no file of another period, or without its meter", () => {
    expect(found({ period: 1 })).toBeNull();
    expect(found({ id: home.seed })).toBeNull();
    expect(found({ readings: home.readings.slice(1) })).toBeNull();
  });

  it.each(["readings", "seed", "op", "format"])("is no file without its %s", (key) => {
    expect(() => readPrivate(utf8(month({ [key]: undefined })))).toThrow(/unreadable/);
  });
});
