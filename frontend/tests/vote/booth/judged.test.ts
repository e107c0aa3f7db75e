import { keccak256, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { judgedQuestion } from "../../../src/vote/booth/judged";

const PROMISES = `0x${"11".repeat(20)}` as const;
const texts = ["a school", "a pool"].map((text) => keccak256(stringToHex(text)));
const OFFICIAL = `0x${"aa".repeat(20)}` as const;
const RIVAL = `0x${"bb".repeat(20)}` as const;
const judged = { mandate: 7, subject: OFFICIAL, promises: [0, 1], isMidTerm: false };

describe("the question of a round over promises", () => {
  it("is what the library computes", () => {
    // tests/credibility/test_question.py
    expect(judgedQuestion(31_337, PROMISES, judged, texts)).toBe(
      "0x24877f6d197a07685ab441ab51b46740b4cf2fd02abc9a8896e6a3cab8a1d27c",
    );
  });

  it("is another for any other text, or order of texts", () => {
    const other = [texts[0] ?? "0x", keccak256(stringToHex("a pond"))];
    const found = [texts, other, [...texts].reverse()].map((it) => judgedQuestion(31_337, PROMISES, judged, it));
    expect(new Set(found).size).toBe(3);
  });

  it("is another for another official, whatever a node says: the number that voters compare differs", () => {
    const rival = judgedQuestion(31_337, PROMISES, { ...judged, subject: RIVAL }, texts);
    expect(rival).not.toBe(judgedQuestion(31_337, PROMISES, judged, texts));
  });
});
