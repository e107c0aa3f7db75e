import { describe, expect, it } from "vitest";
import { fieldsIn, numbersIn, wordsOf } from "../../src/records/numbers";

describe("numbers to revoke", () => {
  it("are written one by one or from one to another, each once", () => {
    expect(numbersIn("7, 3,10-12, 11", 13)).toEqual([3, 7, 10, 11, 12]);
  });

  it.each(["", "3,", "a", "-1", "5-3", "13", "0-13", "1.5", "3;4"])("are none in %j", (text) => {
    expect(numbersIn(text, 13)).toBeNull();
  });

  it("stand in words of 256, each revoked in one write", () => {
    expect(wordsOf([0, 255, 256, 513])).toEqual([
      { word: 0, numbers: [0, 255], bits: 1n | (1n << 255n) },
      { word: 1, numbers: [256], bits: 1n },
      { word: 2, numbers: [513], bits: 2n },
    ]);
  });
});

describe("fields of a schema", () => {
  it("are text and required, unless it is said otherwise", () => {
    expect(fieldsIn("nom\n\njour date\nnote? integer\n")).toEqual({
      fields: [
        { name: "nom", type: "text", required: true },
        { name: "jour", type: "date", required: true },
        { name: "note", type: "integer", required: false },
      ],
    });
  });

  it.each([
    ["", 1],
    ["nom\nNom", 2],
    ["nom\nnom date", 2],
    ["jour day", 1],
    ["nom text required", 1],
  ])("are refused by their line in %j", (text, line) => {
    expect(fieldsIn(text)).toEqual({ line });
  });
});
