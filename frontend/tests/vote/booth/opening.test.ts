import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import file from "../../../../tests/vectors/openings.json?raw";
import { fromHex, toHex } from "../../../src/vote/ballot/bytes";
import { Roll } from "../../../src/vote/ballot/records";
import { parseRoll, rollText } from "../../../src/vote/ballot/rollfile";
import { fromBase64, type Subject, subjectOfUri } from "../../../src/vote/ballot/subject";
import {
  type Asked,
  countOf,
  faultsOfAsked,
  faultsOfPlanned,
  isSound,
  momentOf,
  momentsOf,
  momentText,
  type Planned,
  subjectOf,
  termsOf,
  textOfSubject,
  usualDates,
} from "../../../src/vote/booth/opening";

interface Made {
  questions: {
    subject: Subject;
    questionHash: string;
    optionsHash: string;
    rule: { sets: number[][]; setOf: string; sumSet: number };
    uri: string;
    json: string;
  }[];
  roll: {
    accounts: `0x${string}`[];
    root: string;
    chain: number;
    contract: string;
    block: number;
    date: string;
    csv: string;
  };
}
const made = JSON.parse(file) as Made;

const NOW_S = 1_800_000_000;
const DAY_S = 86_400;
const ROOT = `0x${"ab".repeat(32)}` as const;
const FLOORS = { notice_s: 3_600, duration_s: 2 * DAY_S, secrecyMinimum: 10, secrecyShare_bps: 5_000 };
const KNOWN = { keys: [3, 6], rolls: [ROOT, "draw"], rollSize: 300, floors: FLOORS };
const ASKED: Asked = {
  question: " Fermer la place ? ",
  kind: "single",
  options: ["oui", " non", "Blanc"],
  minimum: "0",
  maximum: "1",
  each: "3",
  total: "7",
};
const PLANNED: Planned = {
  opens: momentText(NOW_S + DAY_S),
  closes: momentText(NOW_S + 8 * DAY_S),
  tally: momentText(NOW_S + 10 * DAY_S),
  secrecy: "20",
  ceremony: "6",
  roll: ROOT,
};
const asked = (part: Partial<Asked>) => faultsOfAsked({ ...ASKED, ...part });
const planned = (part: Partial<Planned>, rollSize: number | null = 300) =>
  faultsOfPlanned({ ...PLANNED, ...part }, NOW_S, { ...KNOWN, rollSize });

/** A form that would ask the same. */
const formOf = ({ question, options, kind, minimum, maximum, total }: Subject): Asked => ({
  question,
  kind: kind as Asked["kind"],
  options,
  minimum: String(minimum),
  maximum: String(maximum ?? ""),
  each: String(maximum ?? ""),
  total: String(total ?? ""),
});

describe("a question that is put to the vote", () => {
  it.each(made.questions)(
    "is what Python asks: $subject.question",
    ({ subject, questionHash, optionsHash, rule, uri, json }) => {
      const text = textOfSubject(subject);
      expect([text.questionHash, text.optionsHash]).toEqual([questionHash, optionsHash]);
      expect(fromBase64(text.uri.split(",")[1] ?? "")).toBe(json);
      expect(subjectOfUri(uri)).toEqual(subject);
      expect(subjectOfUri(text.uri)).toEqual(subject);
      const { rule: sent } = termsOf(text, PLANNED, { root: ROOT, size: 300 });
      const sets = sent.sets.map((set) => set.map(Number));
      expect({ sets, setOf: sent.setOf, sumSet: sent.sumSet }).toEqual(rule);
    },
  );

  it.each(made.questions)("comes out of its form so, but for spaces around it: $subject.question", ({ subject }) => {
    const form = formOf(subject);
    expect(isSound(faultsOfAsked(form))).toBe(true);
    expect(subjectOf({ ...form, question: ` ${form.question}\n` })).toEqual({
      ...subject,
      question: subject.question.trim(),
    });
  });

  it("has words, answers that differ, and enough of them", () => {
    expect(isSound(asked({}))).toBe(true);
    expect(asked({ question: " \n" }).question).toBe("emptyQuestion");
    expect(asked({ question: "Oui ?\n\nConfirmé." }).question).toBe("strange");
    expect(asked({ options: ["oui", "non\u202e"] }).options).toEqual([null, "strange"]);
    expect(asked({ options: ["oui", " ", "oui "] }).options).toEqual([null, "emptyOption", "twice"]);
    expect(asked({ options: ["a  b", "a\u00a0b", "\u200b"] }).options).toEqual([null, "twice", "emptyOption"]);
    expect(asked({ options: ["caf\u00e9", "cafe\u0301"] }).options).toEqual([null, "twice"]);
    expect(asked({ options: ["oui"] }).list).toBe("tooFewOptions");
    const many = Array.from({ length: 66 }, (_, place) => `projet ${place}`);
    expect(asked({ options: many }).list).toBe("tooManyOptions");
    expect(asked({ options: many.slice(0, 65) }).list).toBe(undefined);
    expect(asked({ options: many.slice(0, 33), kind: "approval" }).list).toBe("tooManyOptions");
  });

  it("bounds approvals by one another, and single choices not at all", () => {
    expect(asked({ minimum: "x", maximum: "" })).not.toHaveProperty("minimum");
    const approval = (minimum: string, maximum: string) => asked({ kind: "approval", minimum, maximum });
    expect(isSound(approval("0", "3"))).toBe(true);
    expect(approval("4", "3").minimum).toBe("badMinimum");
    expect(approval("2", "1").maximum).toBe("badMaximum");
    expect(approval("0", "0").maximum).toBe("badMaximum");
    expect(approval("0", "4").maximum).toBe("badMaximum");
    expect(approval("-1", "1,5")).toMatchObject({ minimum: "badMinimum", maximum: "badMaximum" });
  });

  it("bounds points an answer by those in all", () => {
    const points = (each: string, total: string) => asked({ kind: "points", each, total });
    expect(isSound(points("3", "7"))).toBe(true);
    expect(isSound(points("63", "63"))).toBe(true);
    expect(points("8", "7")).toMatchObject({ each: "badEach" });
    expect(points("0", "64")).toMatchObject({ each: "badEach", total: "badTotal" });
    expect(points("", "1,5")).toMatchObject({ each: "badEach", total: "badTotal" });
    expect(points("3", "7")).not.toHaveProperty("maximum");
    expect(subjectOf({ ...ASKED, kind: "points" })).toMatchObject({ minimum: 0, maximum: 3, total: 7 });
  });
});

describe("a moment on a clock that is moved twice a year", () => {
  beforeAll(() => vi.stubEnv("TZ", "Europe/Paris"));
  afterAll(() => vi.unstubAllEnvs());

  it("is none where the clock skips it, two where it comes twice, and is asked for again", () => {
    expect(momentsOf("2026-03-29T02:30")).toEqual([]);
    expect(momentsOf("2026-10-25T02:30")).toEqual([
      Date.UTC(2026, 9, 25, 0, 30) / 1000,
      Date.UTC(2026, 9, 25, 1, 30) / 1000,
    ]);
    expect(momentsOf("2026-10-25T03:00")).toEqual([Date.UTC(2026, 9, 25, 2) / 1000]);
    expect([momentOf("2026-03-29T02:30"), momentOf("2026-10-25T02:30")]).toEqual([null, null]);
    expect(momentsOf("2026-02-30T10:00")).toBe(null);
    const faults = faultsOfPlanned(
      { ...PLANNED, opens: "2027-03-28T02:00", closes: "2027-10-31T02:59", tally: "2027-11-01T02:30" },
      NOW_S,
      KNOWN,
    );
    expect(faults).toEqual({ opens: "skipped", closes: "doubled" });
  });
});

describe("when, over which roll, with which key", () => {
  it("follows the contract's order of dates, by the chain's clock", () => {
    expect(planned({})).toEqual({});
    expect(planned({ opens: momentText(NOW_S - 60) }).opens).toBe("past");
    expect(planned({ closes: PLANNED.opens }).closes).toBe("closesBefore");
    expect(planned({ tally: PLANNED.closes }).tally).toBe("tallyBefore");
    expect(planned({ opens: "", closes: "demain", tally: "2026-13-01T10:00" })).toEqual({
      opens: "noMoment",
      closes: "noMoment",
      tally: "noMoment",
    });
  });

  it("wants a secrecy that the roll can reach, a free key and a known roll", () => {
    expect(planned({ secrecy: "0" }).secrecy).toBe("badSecrecy");
    expect(planned({ secrecy: "301" }, null)).toEqual({});
    expect(planned({ ceremony: "4" }).ceremony).toBe("noKey");
    expect(planned({ ceremony: "" }).ceremony).toBe("noKey");
    expect(planned({ roll: "0x12" }).roll).toBe("noRoll");
  });

  it("is held to the town's Rulebook: notice, length, and a secrecy between its bounds", () => {
    const opening = (after_s: number) => planned({ opens: momentText(NOW_S + after_s) }).opens;
    expect([opening(FLOORS.notice_s - 60), opening(FLOORS.notice_s)]).toEqual(["noticeTooShort", undefined]);
    const closing = (after_s: number) => planned({ closes: momentText(NOW_S + DAY_S + after_s) }).closes;
    expect([closing(FLOORS.duration_s - 60), closing(FLOORS.duration_s)]).toEqual(["voteTooShort", undefined]);
    const secret = (least: string, rollSize: number) => planned({ secrecy: least }, rollSize).secrecy;
    expect([secret("9", 300), secret("10", 300)]).toEqual(["secrecyTooLow", undefined]);
    expect([secret("150", 301), secret("151", 301)]).toEqual([undefined, "secrecyTooHigh"]);
  });

  it("becomes the contract's terms", () => {
    const terms = termsOf(textOfSubject(subjectOf(ASKED)), PLANNED, { root: ROOT, size: 300 });
    expect(terms).toMatchObject({
      ceremonyId: 6n,
      rollRoot: ROOT,
      rollSize: 300,
      opensAt: NOW_S + DAY_S,
      closesAt: NOW_S + 8 * DAY_S,
      tallyBy: NOW_S + 10 * DAY_S,
      secrecyMinimum: 20,
    });
    expect(() => termsOf(textOfSubject(subjectOf(ASKED)), PLANNED, { root: ROOT, size: 2 ** 24 })).toThrow(RangeError);
  });

  it("is proposed for tomorrow, a week, and two days to count, none of it at fault", () => {
    const usual = usualDates(NOW_S);
    expect(planned(usual)).toEqual({});
    expect(usual.opens.endsWith("T08:00")).toBe(true);
    expect((momentOf(usual.closes) ?? 0) - (momentOf(usual.opens) ?? 0)).toBeGreaterThan(7 * DAY_S);
  });

  it("reads moments and numbers, and nothing else", () => {
    expect(momentOf(momentText(NOW_S))).toBe(NOW_S);
    expect([momentOf("2026-02-30T1:00"), momentOf(""), countOf("1.5"), countOf(" 12 ")]).toEqual([
      null,
      null,
      null,
      12,
    ]);
  });
});

describe("a roll drawn in the browser", () => {
  const { accounts, csv, root, chain, contract, block } = made.roll;
  const sealedAt_s = Date.UTC(2026, 2, 4, 23, 59, 59) / 1000;

  it("has Python's root, and Python's file byte for byte", () => {
    const drawn = new Roll(accounts.map(fromHex));
    expect(toHex(drawn.root)).toBe(root);
    expect(rollText({ root, chain, contract, block: BigInt(block), sealedAt_s }, accounts)).toBe(csv);
    expect(parseRoll(csv).map(toHex)).toEqual(accounts.map((account) => account.toLowerCase()));
  });
});
