import { keccak256, toHex } from "viem";
import { describe, expect, it } from "vitest";
import { ACTS, type OfficeAct, formsOf } from "../../src/desks/acts";
import { documentHash, parse, parseAll } from "../../src/desks/fields";

const value = (kind: Parameters<typeof parse>[0], text: string): unknown => {
  const parsed = parse(kind, text);
  return parsed.ok ? parsed.value : parsed.fault;
};
const TREASURER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("what an officer types", () => {
  it.each([
    ["amount", "1 234,5", 123_450n],
    ["amount", "0", "amount"],
    ["amount", "-1", "amount"],
    ["parcel", " 59999000ab0017 ", 0x3539393939303030414230303137n],
    ["parcel", "AB 17", "parcel"],
    ["number", "12", 12n],
    ["number", "1e3", "number"],
    ["moment", "2026-11-22", 1_795_391_999n],
    ["moment", "22/11/2026", "moment"],
    ["supply", "1", 1n],
    ["supply", "2", "number"],
    ["supply", "", "empty"],
    ["address", TREASURER, TREASURER],
    ["address", TREASURER.replace("C8", "c8"), "address"],
    ["word", "0x12", "word"],
    ["document", "", "empty"],
  ] as const)("as %s, %s is %s", (kind, text, expected) => {
    expect(value(kind, text)).toBe(expected);
  });
  it("as a document is its words' hash, or a file's own", () => {
    const hash = keccak256("0x01");
    expect(documentHash(hash)).toBe(hash);
    expect(documentHash(" délibération 12 ")).toBe(keccak256(toHex("délibération 12")));
  });
  it("is read whole: every value, or every fault", () => {
    const { fields } = ACTS.issue;
    const { values } = parseAll(fields, { account: TREASURER, amount: "12", reference: "reçu 4" });
    expect(ACTS.issue.args(values!)).toEqual([TREASURER, 1200n, documentHash("reçu 4")]);
    expect(parseAll(fields, { amount: "x" }).faults).toEqual({
      account: "empty",
      amount: "amount",
      reference: "empty",
    });
  });
});

describe("the acts of the desks", () => {
  it("opens no mandate that is over already, which an announcement would not notice", () => {
    const { values } = parseAll(ACTS.openMandate.fields, {
      official: TREASURER,
      ends: "2026-11-22",
      supply: "0",
      appointment: "délibération 9",
    });
    expect(ACTS.openMandate.check(values!, 1_795_391_998)).toEqual({});
    expect(ACTS.openMandate.check(values!, 1_795_391_999)).toEqual({ ends: "past" });
  });
  it.each(Object.entries<OfficeAct>(ACTS))("%s names a function of its contract, and fills all of it in", (_, act) => {
    const found = act.abi.find((entry) => "name" in entry && entry.name === act.functionName);
    const args = act.args(Object.fromEntries(act.fields.map(({ name }) => [name, 1n])));
    expect(found).toMatchObject({ type: "function" });
    expect(args).toHaveLength((found as unknown as { inputs: unknown[] }).inputs.length);
    expect(args).not.toContain(undefined);
  });
  it("are offered to their office alone, without those that only a next act fills in", () => {
    const ofCourt = ["freeze", "unfreeze", "confirmRecovery", "seize", "freezeTitle", "unfreezeTitle", "cancelByOrder"];
    expect(formsOf("court")).toEqual(ofCourt);
    expect(formsOf("clerk")).toEqual(["recordPermit", "value", "openMandate"]);
    expect(formsOf("jury")).toEqual([]);
  });
});
