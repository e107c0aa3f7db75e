import { beforeAll, describe, expect, it } from "vitest";
import { setTown } from "../../src/town/folder";
import { readTown } from "../../src/town/town";
import { language } from "../../src/words";
import * as format from "../../src/words/format";
import { TOWN } from "../town/published";

describe("formats", () => {
  beforeAll(() => setTown(readTown(TOWN)));

  it("follow the language, exact beyond what a double holds", () => {
    language.value = "fr";
    expect(format.formatAmount(9_007_199_254_740_993n)).toBe("90\u202f071\u202f992\u202f547\u202f409,93\u00a0LYS");
    expect(format.formatSigned(-5n)).toBe("−\u00a00,05");
    expect(format.decimalSign()).toBe(",");
    language.value = "en";
    expect(format.formatAmount(123_456n)).toBe("1,234.56\u00a0LYS");
    expect(format.decimalSign()).toBe(".");
    expect(format.formatShare(0.125)).toBe("12.5%");
  });
});
