import { describe, expect, it } from "vitest";
import { readTown } from "../../src/town/town";
import { TOWN } from "./published";

describe("readTown", () => {
  it("reads what is published, checksummed", () => {
    const town = readTown(TOWN);
    expect(town.contracts["Town"]).toBe("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    expect([town.startBlock, town.rpc, town.post]).toEqual([3n, "http://127.0.0.1:8545", null]);
  });

  it.each([
    ["manifest.chainId", { ...TOWN, manifest: { ...TOWN.manifest, chainId: "31337" } }],
    [
      "manifest.contracts.Town.address",
      { ...TOWN, manifest: { ...TOWN.manifest, contracts: { Town: { address: "0x12" } } } },
    ],
    ["manifest.contracts.Town", { ...TOWN, manifest: { ...TOWN.manifest, contracts: {} } }],
    ["town.json.rpc", { ...TOWN, rpc: "javascript:alert(1)" }],
    ["currencies.0.symbol", { ...TOWN, currencies: [{ contract: "LocalCurrency", name: "Lys" }] }],
    [
      "currencies.0.offices.treasurer.role",
      { ...TOWN, currencies: [{ ...TOWN.currencies[0], offices: { treasurer: { role: "2" } } }] },
    ],
    ["currencies.0.contract", { ...TOWN, currencies: [{ contract: "Heures", name: "Heures", symbol: "H" }] }],
    ["paidIn.Conveyance", { ...TOWN, paidIn: { Conveyance: "TimeCredit" } }],
    ["manifest.successions.LandTax", { ...TOWN, manifest: { ...TOWN.manifest, successions: { LandTax: "LandTax2" } } }],
    ["currencies.0.followedBy", { ...TOWN, currencies: [{ ...TOWN.currencies[0], followedBy: "Lys2" }] }],
  ])("names the field that is wrong: %s", (detail, value) => {
    expect(() => readTown(value)).toThrow(expect.objectContaining({ fault: "invalid", detail }));
  });
});
