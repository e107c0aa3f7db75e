import { beforeEach, describe, expect, it, vi } from "vitest";
import { setTown } from "../../src/town/folder";
import { readTown } from "../../src/town/town";
import { HOURS, HOURS_TREASURER, TOWN, TWO_CURRENCIES } from "../town/published";

let turn: (() => void) | null = null;
vi.stubGlobal("location", { hash: "" });
vi.stubGlobal("addEventListener", (_: string, heard: () => void) => (turn = heard));

const { draftOf, kindOf, pageOf } = await import("../../src/money/pages");
const { placeAt } = await import("../../src/shell/places");
const { currencyAt, namedFor, theCurrency } = await import("../../src/town/currency");
const { seatOf } = await import("../../src/audit/roles");
const { actPath } = await import("../../src/desks/acts");
const { officeAct } = await import("../../src/desks/told");
const { seatName } = await import("../../src/wallet/seat");
const { currenciesOf, seats } = await import("../../src/wallet/who");
const { formatAmount } = await import("../../src/words/format");

/** Someone follows a link. */
function follows(hash: string): void {
  location.hash = hash;
  turn?.();
}

describe("a town with two currencies", () => {
  beforeEach(() => {
    setTown(readTown(TWO_CURRENCIES));
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

  it("does an office's acts on it below its name", () => {
    expect(actPath("issue")).toBe("/desk/act/issue");
    expect(actPath("issue", "TimeCredit")).toBe("/desk/TimeCredit/act/issue");
    expect(placeAt("/desk/TimeCredit/act/issue")?.parameters).toEqual({ contract: "TimeCredit", name: "issue" });
    expect(placeAt("/desk/Residents/act/issue")).toBeNull();
    follows("#/desk/TimeCredit/act/issue");
    const values = { account: HOURS, amount: 150n, reference: `0x${"11".repeat(32)}` } as const;
    const { call, explanation } = officeAct("issue", values);
    expect(call.address).toBe(HOURS);
    expect(explanation.title).toMatch(/ — Heures$/);
    expect(explanation.lines[1]?.[1]).toMatch(/HVL$/);
  });

  it("keeps the town's treasurer from the currency that has its own, and its own from the others", () => {
    const of = (office: string) => seats().filter((seat) => seat.office === office);
    const acted = (office: string) => of(office).map((seat) => currenciesOf(seat).map(({ contract }) => contract));
    expect(acted("treasurer")).toEqual([["LocalCurrency"], ["TimeCredit"]]);
    expect(acted("auditor")).toEqual([["LocalCurrency", "TimeCredit"]]);
  });

  it("names the office of its own by the currency, wherever offices are told", () => {
    const [towns, own] = [seatOf(2)!, seatOf(HOURS_TREASURER)!];
    expect(seatName(own)).toBe(`${seatName(towns)} — Heures`);
    expect(seatOf(HOURS_TREASURER + 1)).toBeNull();
  });

  it("finds whose a request is by the address of its currency", () => {
    expect(pageOf("/pay/request", currencyAt(HOURS))).toBe("/money/TimeCredit/pay/request");
    expect(currencyAt("0x0000000000000000000000000000000000000001")).toBeUndefined();
  });
});

describe("a town with one currency", () => {
  it("does not say which", () => {
    setTown(readTown(TOWN));
    expect(namedFor("Émettre", theCurrency())).toBe("Émettre");
  });
});

describe("a town whose first currency has a name of its own", () => {
  it("has the short paths and the plain kinds for it all the same, as its post office has", () => {
    const { manifest, currencies } = TWO_CURRENCIES;
    const contracts = Object.fromEntries(Object.entries(manifest.contracts).reverse());
    setTown(
      readTown({ ...TWO_CURRENCIES, manifest: { ...manifest, contracts }, currencies: [...currencies].reverse() }),
    );
    follows("#/pay");
    expect(theCurrency().contract).toBe("TimeCredit");
    expect([pageOf("/pay"), kindOf("transfer"), draftOf("pay")]).toEqual(["/pay", "transfer", "pay"]);
    follows("#/money/LocalCurrency/pay");
    expect(kindOf("transfer")).toBe("transfer.LocalCurrency");
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
