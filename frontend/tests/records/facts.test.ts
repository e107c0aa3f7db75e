import { recoverAddress } from "viem";
import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/facts.json?raw";
import { factActDigest, factActText, readFactAct } from "../../src/records/fact/act";
import {
  type Fact,
  type FactEvent,
  factId,
  issuersIn,
  readValue,
  stateOf,
  writtenValue,
} from "../../src/records/fact/fact";
import { PaperError } from "../../src/records/paper/faults";
import type { Hex } from "../../src/vote/ballot/bytes";

const { acts } = JSON.parse(file) as { acts: { file: unknown; id: Hex; digest: Hex; value: string }[] };
const read = acts.map(({ file: it }) => readFactAct(JSON.stringify(it)));
const { fact: wheat } = read[0] as { fact: Fact };
const [ada = "0x", ben = "0x", cleo = "0x"] = wheat.issuers;

const stated = (value: bigint, ...signers: Hex[]): FactEvent => ({
  what: "Stated",
  number: 1,
  value,
  at: 1,
  source: "0x",
  signers,
  told: 2,
});
const resigned = (who: Hex): FactEvent => ({ what: "Resigned", signers: [who], told: 3 });
const valueAfter = (...history: FactEvent[]): bigint | null => stateOf(wheat, history).stands?.value ?? null;

describe("facts of the library", () => {
  it("have its names, its digests and its values, and are written as they were read", () => {
    expect(acts.length).toBeGreaterThan(4);
    for (const [place, act] of read.entries()) {
      expect(factId(act.fact)).toBe(acts[place]?.id);
      expect(factActDigest(act)).toBe(acts[place]?.digest);
      expect(JSON.parse(factActText(act))).toEqual(acts[place]?.file);
      if (act.value !== null) expect(String(readValue(act.fact, act.value))).toBe(acts[place]?.value);
    }
  });

  it("are signed by whom they name", async () => {
    const signatures = read.flatMap((act) => Object.entries(act.signatures).map(([who, it]) => ({ act, who, it })));
    expect(signatures.length).toBeGreaterThan(4);
    for (const { act, who, it } of signatures) {
      expect(await recoverAddress({ hash: factActDigest(act), signature: it })).toBe(who);
    }
  });
});

describe("a file of an act", () => {
  const refused = (change: Record<string, unknown>): string | null => {
    try {
      readFactAct(JSON.stringify({ ...read[0], ...change }));
      return null;
    } catch (error) {
      return error instanceof PaperError && error.fault.kind === "unreadable" ? error.fault.where : "other";
    }
  };

  it.each([
    ["at", { value: null }],
    ["at", { at: null }],
    ["value", { value: "1.2" }],
    ["value", { value: "1.234" }],
    ["number", { number: 0 }],
    ["signatures", { signatures: { "0x0000000000000000000000000000000000000001": "0x00" } }],
    ["more", { more: 1 }],
    ["fact", { fact: { ...wheat, name: "a\u202eb" } }],
  ])("is read whole, or refused by its %s", (where, change) => {
    expect(refused(change)).toBe(where);
  });
});

describe("a fact", () => {
  it("stands while enough of its signers have their seats", () => {
    expect(valueAfter()).toBeNull();
    expect(valueAfter(stated(1n, ada, ben))).toBe(1n);
    expect(valueAfter(stated(1n, ada, ben), resigned(cleo))).toBe(1n);
    expect(valueAfter(stated(1n, ada, ben), resigned(ada))).toBeNull();
    expect(valueAfter(stated(1n, ada, ben, cleo), resigned(ada))).toBe(1n);
    expect(valueAfter(resigned(ada), stated(2n, ben, cleo))).toBe(2n);
  });

  it("has no value from a withdrawal to the next statement", () => {
    const back: FactEvent = { what: "Withdrawn", number: 2, source: "0x", signers: [ada, ben], told: 3 };
    expect(valueAfter(stated(1n, ada, ben), back)).toBeNull();
    expect(valueAfter(stated(1n, ada, ben), back, stated(3n, ada, cleo))).toBe(3n);
  });

  it("names its signers by bits", () => {
    expect(issuersIn(wheat, 5n)).toEqual([ada, cleo]);
  });

  it.each([-5n, 0n, 23_150n, 2n ** 127n - 1n, -(2n ** 127n)])("has the value %s as it is written", (value) => {
    expect(readValue(wheat, writtenValue(wheat, value))).toBe(value);
  });

  it("has no value that does not fit", () => {
    expect(readValue(wheat, writtenValue(wheat, 2n ** 127n))).toBeNull();
    expect(readValue(wheat, "1,50")).toBeNull();
  });
});
