import { describe, expect, it } from "vitest";
import { fromHex, toHex, utf8, keccak } from "../../../src/vote/ballot/bytes";
import {
  choiceOf,
  isEvaluation,
  levels,
  messagesOf,
  opinionsOf,
  points,
  resultsOf,
  singleChoice,
} from "../../../src/vote/ballot/questions";
import { RecordError, Roll } from "../../../src/vote/ballot/records";
import { parseRoll } from "../../../src/vote/ballot/rollfile";
import { RuleError } from "../../../src/vote/ballot/rules";
import {
  isOf,
  judgement,
  optionsHash,
  parseSubject,
  questionOf,
  SubjectError,
  subjectOfUri,
} from "../../../src/vote/ballot/subject";
import subjects from "../../../../tests/vectors/subjects.json";
import { VOTERS } from "./consultation";

// As `beffroi.consultation.subject.Subject("Ouvrir la bibliothèque le dimanche ?", ("oui", "non", "blanc")).data_uri`
// writes it.
const URI =
  "data:application/json;base64,eyJxdWVzdGlvbiI6ICJPdXZyaXIgbGEgYmlibGlvdGjDqHF1ZSBsZSBkaW1hbmNoZSA/IiwgIm9wdGlvbnMiOiBbIm91aSIsICJub24iLCAiYmxhbmMiXSwgImtpbmQiOiAic2luZ2xlIiwgIm1pbmltdW0iOiAwLCAibWF4aW11bSI6IG51bGwsICJ0b3RhbCI6IG51bGx9";

type Words = (typeof import("../../../src/vote/words/fr/subjects"))["subjects"];

/** The key for which a text is refused; null where it is taken. */
function keyOf(text: string): string | null {
  try {
    parseSubject(text);
    return null;
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error;
    return error.key;
  }
}

describe("a question", () => {
  const subject = subjectOfUri(URI);

  it("is read from its address, accents and all", () => {
    expect(subject).toMatchObject({
      question: "Ouvrir la bibliothèque le dimanche ?",
      options: ["oui", "non", "blanc"],
    });
  });

  it("is the one that the chain sealed, or not", () => {
    if (!subject) throw new Error("unread");
    const { rule } = questionOf(subject);
    const sealed = { questionHash: keccak(utf8(subject.question)), optionsHash: optionsHash(subject.options), rule };
    expect(isOf(subject, sealed)).toBe(true);
    expect(isOf({ ...subject, question: "Autre chose ?" }, sealed)).toBe(false);
    expect(isOf({ ...subject, options: ["oui", "blanc", "non"] }, sealed)).toBe(false);
    expect(isOf({ ...subject, kind: "approval" }, sealed)).toBe(false);
    expect(isOf({ ...subject, kind: "points" }, sealed)).toBe(false);
  });

  it("hashes its options as Python does", () => {
    expect(toHex(optionsHash(["oui", "é “x”"]))).toBe(OPTIONS_HASH);
  });

  it.each(["", "data:text/plain,x", "https://example.org/q.json"])("is elsewhere than at %s", (uri) =>
    expect(subjectOfUri(uri)).toBe(null),
  );

  it.each(["!!", "/w==", "W10="])("is not what %s says, in base64", (base64) =>
    expect(() => subjectOfUri(`data:application/json;base64,${base64}`)).toThrow(SubjectError),
  );

  it.each(subjects)("is taken or refused as in Python, by the same key: $text", ({ text, key }) => {
    expect(keyOf(text)).toBe(key);
  });

  it.each(["en", "fr"] as const)("is refused by a sentence that names the key, in %s", async (language) => {
    const { subjects: words } = (await import(`../../../src/vote/words/${language}/subjects.ts`)) as {
      subjects: Words;
    };
    for (const [fault, said] of Object.entries(words.faults))
      if (fault !== "noQuestion") expect(said("maximum")).toContain("maximum");
  });
});

// keccak(json.dumps(["oui", "é “x”"], ensure_ascii=False, separators=(",", ":")).encode())
const OPTIONS_HASH = "0x478c3a252606531d65dc0a699e73f40c29b7074eed8937e130d3e6c17e1aed58";

describe("promises to judge", () => {
  const texts = ["a", "b"];
  const question = keccak(utf8("two promises"));
  const asked = { questionHash: question, optionsHash: question, rule: levels(2).rule };

  it("are those that the question binds, which the options' hash repeats", () => {
    expect(judgement(texts, question, asked)?.options).toEqual(texts);
    expect(judgement(texts, keccak(utf8("two others")), asked)).toBe(null);
    expect(judgement(texts, question, { ...asked, optionsHash: optionsHash(texts) })).toBe(null);
    expect(judgement(texts, question, { ...asked, rule: singleChoice(3).rule })).toBe(null);
    expect(judgement(["a"], question, asked)).toBe(null);
  });

  it("are told from other questions by their rule", () => {
    expect(isEvaluation(levels(2).rule)).toBe(true);
    expect(isEvaluation(points(3, 3, 7).rule)).toBe(false);
  });

  it("give opinions and what is missing", () => {
    expect(opinionsOf([3, 5, 0, 0])).toEqual([
      { opinions: 3, missing: 5 },
      { opinions: 0, missing: 0 },
    ]);
  });
});

describe("a choice", () => {
  it.each([0, 1, 2, 3, 4])("of five is found again in its messages: %d", (choice) => {
    const question = singleChoice(5);
    expect(choiceOf(question, messagesOf(question, choice))).toBe(choice);
  });

  it("of levels is found again, no opinion included", () => {
    const question = levels(3);
    expect(choiceOf(question, messagesOf(question, [4, null, 0]))).toEqual([4, null, 0]);
  });

  it("of points is found again", () => {
    const question = points(3, 3, 7);
    expect(choiceOf(question, messagesOf(question, [3, 0, 2]))).toEqual([3, 0, 2]);
  });
});

describe("a result", () => {
  it("gives the last option what the others leave", () => {
    expect(resultsOf(singleChoice(3), [4, 5], 10)).toEqual([4, 5, 1]);
    expect(resultsOf(singleChoice(4), [1, 2, 3, 0], 10)).toEqual([1, 2, 3, 4]);
  });

  it("is refused where it exceeds the ballots, or fills a counter that no ballot can", () => {
    expect(() => resultsOf(singleChoice(3), [8, 5], 10)).toThrow(RuleError);
    expect(() => resultsOf(singleChoice(4), [1, 2, 3, 1], 10)).toThrow(RuleError);
    expect(() => resultsOf(points(2, 3, 5), [1, 1, 0, 0], 10)).toThrow(RuleError);
  });
});

describe("a roll's file", () => {
  const lines = VOTERS.map((voter, i) => `${i},${toHex(voter)}`);
  const file = (...rows: string[]) =>
    ["# format: beffroi-roll-2", "# size: 6", "index,account", ...rows, ""].join("\n");

  it("gives the accounts in order, and with them the root", () => {
    expect(new Roll(parseRoll(file(...lines))).root).toEqual(new Roll(VOTERS).root);
  });

  it.each([
    ["a line out of order", file(lines[1] ?? "")],
    ["what is no account", file("0,0x12")],
    ["a third column", file(`${lines[0]},x`)],
    ["another format", "index,account\n"],
    ["no header", "hello"],
    ["a header that states two blocks", file(...lines).replace("index,", "# block: 7\n# block: 8\nindex,")],
    ["somebody twice", file(`0,0x${"1b".repeat(20)}`, `1,0x${"1B".repeat(20)}`)],
    ["the account 0", file(`0,0x${"00".repeat(20)}`)],
  ])("is refused for %s", (_, text) => expect(() => parseRoll(text)).toThrow(RecordError));
});

describe("hexadecimal", () => {
  it.each(["0x1", "12", "0xzz", "0x 1"])("is not read from %s", (text) =>
    expect(() => fromHex(text)).toThrow(SyntaxError),
  );
});
