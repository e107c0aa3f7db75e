import { beforeEach, describe, expect, it, vi } from "vitest";
import { setTown } from "../../src/town/folder";
import { readTown } from "../../src/town/town";
import { LAND_IN_HOURS } from "./published";

let turn: (() => void) | null = null;
vi.stubGlobal("location", { hash: "" });
vi.stubGlobal("addEventListener", (_: string, heard: () => void) => (turn = heard));

const { instancesOf, serving, slipKind, theInstance } = await import("../../src/town/instances");
const { landCurrency, paidIn } = await import("../../src/town/currency");
const { ACTS, actPath, contractOf } = await import("../../src/desks/acts");
const { placeAt } = await import("../../src/shell/places");

const CONVEYANCE2 = { contract: "Conveyance", address: "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc" };
const { manifest } = LAND_IN_HOURS;
const founded = { ...manifest, contracts: { ...manifest.contracts, Conveyance2: CONVEYANCE2 } };
const TOWN = {
  ...LAND_IN_HOURS,
  manifest: { ...founded, successions: { Conveyance: "Conveyance2" } },
  paidIn: { Conveyance: "LocalCurrency", Conveyance2: "TimeCredit" },
};

function follows(hash: string): void {
  location.hash = hash;
  turn?.();
}

describe("a town whose contract of sales took over from another", () => {
  beforeEach(() => {
    setTown(readTown(TOWN));
    follows("#/");
  });

  it("knows the one that serves, and the one that it took over from", () => {
    expect(instancesOf("Conveyance")).toEqual(["Conveyance2", "Conveyance"]);
    expect(serving("Conveyance")).toBe("Conveyance2");
  });

  it("opens sales in the old one as long as the new one has no office", () => {
    setTown(readTown({ ...TOWN, manifest: founded }));
    expect(serving("Conveyance")).toBe("Conveyance");
  });

  it("counts each in its own money, and new sales in that of the new one", () => {
    expect([paidIn("Conveyance").contract, paidIn("Conveyance2").contract]).toEqual(["LocalCurrency", "TimeCredit"]);
    expect(landCurrency().contract).toBe("TimeCredit");
  });

  it("asks the post office for the kinds of each", () => {
    expect([slipKind("fund", "Conveyance"), slipKind("fund", "Conveyance2")]).toEqual(["fund", "fund.Conveyance2"]);
  });

  it("does what is left in the old one below its name", () => {
    const there = actPath("expire", "Conveyance");
    expect([there, actPath("expire", "Conveyance2")]).toEqual(["/desk/Conveyance/act/expire", "/desk/act/expire"]);
    expect(placeAt(there)?.parameters).toEqual({ contract: "Conveyance", name: "expire" });
    expect(contractOf(ACTS.expire)).toBe("Conveyance2");
    follows(`#${there}`);
    expect([theInstance("Conveyance"), contractOf(ACTS.expire)]).toEqual(["Conveyance", "Conveyance"]);
  });
});
