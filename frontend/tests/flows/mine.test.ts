import { describe, expect, it } from "vitest";
import { type Mine, namesThere } from "../../src/flows/mine";

const mine = (name: string, cents: { balance?: bigint; cap?: bigint; held?: bigint } = {}): Mine => ({
  name: `0x${name}`,
  standing: {
    balance_cents: cents.balance ?? 0n,
    cap_cents: cents.cap ?? 0n,
    held_cents: cents.held ?? 0n,
    contested: 0,
    mandatedAt: 0,
  },
});
const [credited, joined, unknown] = [mine("new", { balance: 1n }), mine("old", { cap: 100_00n }), mine("older")];

describe("the names under which somebody stands in an operation", () => {
  it("begin with the one that allows debits, though another was credited a cent", () => {
    expect(namesThere([credited, joined, unknown])).toEqual([joined, credited]);
  });

  it("are each offered their contest, and none where nothing is there", () => {
    expect(namesThere([mine("new", { held: 1n }), joined])).toHaveLength(2);
    expect(namesThere([unknown])).toEqual([]);
  });
});
