import { describe, expect, it } from "vitest";
import { held, toldFirst } from "../../src/programmes/published";
import { type Terms, hashOf } from "../../src/programmes/terms";

const NAME = `0x${"0a".repeat(32)}` as const;
const SPONSOR = `0x${"5a".repeat(20)}` as const;
const RULE = "Each household of the list.";
const terms = (unit_cents: number): Terms => ({
  sponsor: SPONSOR,
  salt: hashOf("Food aid"),
  opensAt: 1_800_000_000,
  period_h: 720,
  periods: 1,
  unit_cents,
  dailyCap: 0,
  categories: 1,
  total: 1,
  root: NAME,
  ruleHash: hashOf(RULE),
  uri: "",
});
const said = { name: NAME, title: "Food aid", rule: RULE, categories: [], merchants: [], roll: true };
const shownBy = (site: object, cents = 450) =>
  held({ name: NAME, terms: terms(cents) }, { ...said, unit: "meals", ...site });

describe("what a site says of a programme", () => {
  it("is shown where the chain bears it out", () => {
    expect(shownBy({})).toMatchObject({ title: "Food aid", rule: RULE, unit: "meals", doubts: [] });
  });

  it.each(["Food aid ", "\u202eFood aid", "Food aid\u0000", "<b>Food aid</b>", "Another's"])(
    "is told and not shown where it swaps the title for %j",
    (title) => {
      expect(shownBy({ title })).toMatchObject({ title: null, doubts: ["title"] });
    },
  );

  it("comes before what strangers opened, though they came first and accredited each of the town's shops", () => {
    const stranger = held({ name: NAME, terms: terms(0) }, undefined);
    const told = shownBy({});
    expect(toldFirst([stranger, told, stranger])).toEqual([told, stranger, stranger]);
  });

  it("makes no meals of cents, of which a household would seem to have thousands, nor money of stamps", () => {
    expect(shownBy({ unit: "meals" }, 1).unit).toBe("money");
    expect(shownBy({ unit: "money" }, 0).unit).toBe("stamps");
  });
});
