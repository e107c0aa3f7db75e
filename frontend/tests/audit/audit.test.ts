import { type Hex, keccak256 } from "viem";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/audit/codes";
import { journalCsv } from "../../src/audit/journal";
import { authorityOf, graphOf, powersOf } from "../../src/audit/roles";
import type { Entry } from "../../src/land/history";

let index = 0;
const log = (name: string, args: Record<string, unknown>): Entry => {
  index += 1;
  return { name, args, block: 1n, index, transaction: "0x01" };
};
const grant = (roleId: bigint, account: string, delay = 0) => log("RoleGranted", { roleId, account, delay });
const wire = (target: string, selector: string, roleId: bigint) =>
  log("TargetFunctionRoleUpdated", { target, selector, roleId });

const events = [
  grant(7n, "0xada"),
  grant(8n, "0xbob", 172_800),
  grant(7n, "0xeve"),
  wire("0xland", "0x01", 7n),
  wire("0xland", "0x02", 8n),
  wire("0xland", "0x03", 7n),
  wire("0xtax", "0x04", 8n),
  wire("0xtax", "0x04", 0n),
  log("RoleRevoked", { roleId: 7n, account: "0xeve" }),
  log("TargetClosed", { target: "0xtax", closed: true }),
];

describe("who may do what", () => {
  const authority = authorityOf([...events].reverse());
  it("is replayed in the order of the chain, however logs arrive", () => {
    expect([...authority.members.get(7)!.keys()]).toEqual(["0xada"]);
    expect(authority.members.get(8)!.get("0xbob")).toBe(172_800);
    expect(authority.closed.has("0xtax")).toBe(true);
    expect(powersOf(authority)).toEqual([
      { role: 7, target: "0xland", selectors: ["0x01", "0x03"] },
      { role: 8, target: "0xland", selectors: ["0x02"] },
    ]);
  });
  it("is drawn with each once, and a line for each right", () => {
    const { nodes, edges, height } = graphOf(authority);
    expect(nodes.map(({ id }) => id)).toEqual(["account/0xada", "account/0xbob", "role/7", "role/8", "target/0xland"]);
    expect(edges.map(({ from, to, isDelayed }) => `${from} ${to} ${isDelayed}`)).toEqual([
      "account/0xada role/7 false",
      "account/0xbob role/8 true",
      "role/7 target/0xland false",
      "role/8 target/0xland false",
    ]);
    expect(nodes.every(({ y }) => y >= 0 && y < height)).toBe(true);
  });
});

describe("code", () => {
  const record = { address: "0xaa" as Hex, block: 3, runtimeCodeHash: keccak256("0x6001") };
  it("is what was recorded, or is told apart, or is gone", () => {
    const checks = compare({ A: record, B: record, C: record }, { A: "0x6001", B: "0x6002", C: "0x" });
    expect(checks.map(({ isSame, found }) => [isSame, found === null])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });
});

it("a journal's cell that a spreadsheet would take for a formula is quoted", () => {
  const line = {
    contract: "Town",
    event: "RoleLabel",
    args: [["label", "=1+1, or"]] as const,
    block: 4n,
    transaction: "0xab" as Hex,
    time_s: 0,
  };
  const [, row] = journalCsv([line, { ...line, contract: "=Town" }]).split("\r\n");
  expect(row).toBe('1970-01-01T00:00:00.000Z,4,0xab,Town,RoleLabel,"label==1+1, or"');
  expect(journalCsv([{ ...line, contract: "=Town" }])).toContain(",'=Town,");
});
