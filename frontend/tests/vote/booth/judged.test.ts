import { keccak256, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { judgedQuestion } from "../../../src/vote/booth/judged";

const PROMISES = `0x${"11".repeat(20)}` as const;
const texts = ["a school", "a pool"].map((text) => keccak256(stringToHex(text)));
const judged = { mandate: 7, promises: [0, 1], isMidTerm: false };

describe("the question of a round over promises", () => {
  it("is what the library computes", () => {
    // tests/credibility/test_question.py
    expect(judgedQuestion(31_337, PROMISES, judged, texts)).toBe(
      "0x31c3dc75abd49077116dacc5dea4bde57ca7045edea0d6f31e63766c17afc2ad",
    );
  });

  it("is another for any other text, or order of texts", () => {
    const other = [texts[0] ?? "0x", keccak256(stringToHex("a pond"))];
    const found = [texts, other, [...texts].reverse()].map((it) => judgedQuestion(31_337, PROMISES, judged, it));
    expect(new Set(found).size).toBe(3);
  });
});
