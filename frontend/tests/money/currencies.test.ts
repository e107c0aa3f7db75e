import { beforeEach, describe, expect, it, vi } from "vitest";
import { setTown } from "../../src/town/folder";
import { readTown } from "../../src/town/town";
import { TOWN } from "../town/published";

const HOURS = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

let turn: (() => void) | null = null;
vi.stubGlobal("location", { hash: "" });
vi.stubGlobal("addEventListener", (_: string, heard: () => void) => (turn = heard));

const { draftOf, kindOf, pageOf } = await import("../../src/money/pages");
const { placeAt } = await import("../../src/shell/places");
const { currencyAt, theCurrency } = await import("../../src/town/currency");
const { formatAmount } = await import("../../src/words/format");

/** Someone follows a link. */
function follows(hash: string): void {
  location.hash = hash;
  turn?.();
}

const contracts = { ...TOWN.manifest.contracts, TimeCredit: { address: HOURS } };
const two = [...TOWN.currencies, { contract: "TimeCredit", name: "Heures", symbol: "HVL" }];

describe("a town with two currencies", () => {
  beforeEach(() => {
    setTown(readTown({ ...TOWN, manifest: { ...TOWN.manifest, contracts }, currencies: two }));
    follows("#/");
  });

  it("has the first one's pages where a town with one has them, and the other's below its name", () => {
    const [first, second] = [placeAt("/pay"), placeAt("/money/TimeCredit/pay")];
    expect(first?.route.load).toBe(second?.route.load);
    expect(second?.parameters).toEqual({ currency: "TimeCredit" });
    expect(placeAt("/money/TimeCredit")?.route.load).toBe(placeAt("/money")?.route.load);
  });

  it("has no pages for what is no currency of its own", () => {
    expect(placeAt("/money/Residents")).toBeNull();
    expect(placeAt("/money/Town/pay")).toBeNull();
    expect(placeAt("/money/pay")).toBeNull();
  });

  it("stays in the currency of the page: its links, its symbol, its slips, its drafts", () => {
    follows("#/money/TimeCredit/pay?to=0x12");
    expect(theCurrency().contract).toBe("TimeCredit");
    expect([pageOf(""), pageOf("/scan")]).toEqual(["/money/TimeCredit", "/money/TimeCredit/scan"]);
    expect([kindOf("transfer"), draftOf("pay")]).toEqual(["transfer.TimeCredit", "pay/TimeCredit"]);
    expect(formatAmount(150n)).toMatch(/HVL$/);
  });

  it("counts in the first everywhere else", () => {
    for (const hash of ["#/money", "#/pay", "#/land/mine", "#/money/Residents"]) {
      follows(hash);
      expect(theCurrency().contract).toBe("LocalCurrency");
      expect([pageOf(""), pageOf("/scan")]).toEqual(["/money", "/scan"]);
      expect([kindOf("transfer"), draftOf("pay")]).toEqual(["transfer", "pay"]);
      expect(formatAmount(150n)).toMatch(/LYS$/);
    }
  });

  it("finds whose a request is by the address of its currency", () => {
    expect(pageOf("/pay/request", currencyAt(HOURS))).toBe("/money/TimeCredit/pay/request");
    expect(currencyAt("0x0000000000000000000000000000000000000001")).toBeUndefined();
  });
});

describe("a town without money", () => {
  it("has no page of it", () => {
    setTown(readTown({ ...TOWN, currencies: [] }));
    expect(placeAt("/money")).toBeNull();
    expect(placeAt("/pay")).toBeNull();
    expect(placeAt("/help")).not.toBeNull();
  });
});
