import { describe, expect, it } from "vitest";
import {
  actsOfMetPermit,
  actsOfPermit,
  actsOfRecoveries,
  actsOfRedemptions,
  actsOfReserve,
  actsOfSeizures,
  actsOfSale,
  actsOfUnclaimed,
  inOrder,
  isLate,
  isRipe,
} from "../../src/desks/next";
import type { Sale } from "../../src/land/sales";
import type { Terms } from "../../src/land/terms";

const LYS = { contract: "LocalCurrency", name: "Lys", symbol: "LYS", offices: {}, followedBy: null };

const title = 0x3539393939303030414230303137n;
const terms = {
  price_cents: 200_000_05n,
  tax_cents: 0n,
  fees: [],
  deposit_cents: 10n,
  depositBy: 100n,
  retractUntil: 150n,
  conditionsBy: 200n,
  settleBy: 300n,
} as unknown as Terms;
const sale: Sale = {
  number: (title << 16n) | 3n,
  contract: "Conveyance",
  title,
  state: "deposited",
  terms,
  termsHash: "0xabab",
  pending: 0,
  escrow_cents: 200_000_05n,
  answer: "none",
  answerBy_s: 0,
  isPurged: true,
};
const names = (changed: Partial<Sale>, now_s = 120): string[] =>
  actsOfSale({ ...sale, ...changed }, now_s).map(({ office, act }) => `${office ?? "anyone"}: ${act}`);

describe("what a sale wants", () => {
  it("is nothing more of the desks once purged and without conditions", () => {
    expect(names({})).toEqual([]);
    expect(names({ state: "settled" })).toEqual([]);
  });
  it("is a declaration where the town may pre-empt, with the price as it is typed", () => {
    expect(names({ isPurged: false })).toEqual(["notary: declare"]);
    const [act] = actsOfSale({ ...sale, isPurged: false }, 120);
    expect(act?.values).toEqual({ parcel: "59999000AB0017", terms: "0xabab", price: "200000.05" });
  });
  it("is the town's answer until its deadline, after which silence has answered", () => {
    expect(names({ isPurged: false, answer: "awaited", answerBy_s: 130 })).toEqual([
      "clerk: renounce",
      "clerk: preempt",
    ]);
    expect(names({ isPurged: true, answer: "awaited", answerBy_s: 110 })).toEqual([]);
  });
  it("is a word on each condition", () => {
    const both = ["notary: meetCondition", "notary: failCondition"];
    expect(names({ pending: 3 })).toEqual([...both, ...both]);
    expect(actsOfSale({ ...sale, pending: 2 }, 120)[0]?.values["condition"]).toBe("2");
  });
  it("is its end, by anyone, past a deadline or a pre-emption", () => {
    expect(names({ state: "agreed" }, 101)).toEqual(["anyone: expire"]);
    expect(names({ state: "agreed" }, 100)).toEqual([]);
    expect(names({ pending: 1 }, 201)).toEqual(["anyone: expire"]);
    expect(names({ answer: "preempted", isPurged: false })).toEqual(["anyone: cancelPreempted"]);
  });
  it("may settle when all is paid in, purged and met, once nobody may retract", () => {
    expect(isRipe(sale)).toEqual({ ripe: true, from_s: 151 });
    expect(isRipe({ ...sale, pending: 1 }).ripe).toBe(false);
    expect(isRipe({ ...sale, isPurged: false }).ripe).toBe(false);
    expect(isRipe({ ...sale, escrow_cents: 1n }).ripe).toBe(false);
  });
});

describe("what else waits", () => {
  it("a permit, until silence grants it; extended once at most", () => {
    const permit = { number: 4n, title, status: 1, decideBy_s: 50, isExtended: false };
    expect(actsOfPermit(permit, 50).map(({ act }) => act)).toEqual(["grantPermit", "refusePermit", "extendPermit"]);
    expect(actsOfPermit({ ...permit, isExtended: true }, 50)).toHaveLength(2);
    expect(actsOfPermit(permit, 51)).toEqual([]);
    expect(actsOfPermit({ ...permit, status: 2 }, 10)).toEqual([]);
  });
  it("a sale whose permit is granted: anyone may say so, in time", () => {
    const permits = [
      { number: 3n, isPermitted: false },
      { number: 4n, isPermitted: true },
    ];
    expect(actsOfMetPermit({ ...sale, pending: 3 }, permits)[0]?.values["permit"]).toBe("4");
    expect(actsOfMetPermit({ ...sale, pending: 1 }, permits)).toEqual([]);
    expect(actsOfMetPermit({ ...sale, pending: 2 }, permits.slice(0, 1))).toEqual([]);
    expect(actsOfMetPermit({ ...sale, pending: 2, state: "cancelled" }, permits)).toEqual([]);
  });
  it("redemptions, recoveries, the reserve", () => {
    const redemption = { number: 7n, account: "0x01", owed_cents: 5n, reference: "0x0f" } as const;
    const [told, untold] = actsOfRedemptions([redemption, { ...redemption, reference: "0x00" }], LYS);
    expect(told).toMatchObject({ act: "settleRedemption", values: { redemption: "7" }, reference: "0x0f" });
    expect(untold).not.toHaveProperty("reference");
    const recoveries = actsOfRecoveries([
      { account: "0x01", successor: "0x02", recoverableAt_s: 90, isVetoed: false },
      { account: "0x03", successor: "0x04", recoverableAt_s: 400, isVetoed: true },
    ]);
    expect(recoveries.map(({ act, from_s, office }) => [act, from_s, office])).toEqual([
      ["recover", 90, null],
      ["withdrawRecovery", null, "registrar"],
      ["confirmRecovery", null, "court"],
      ["withdrawRecovery", null, "registrar"],
    ]);
    expect(recoveries[2]).toMatchObject({ values: { account: "0x03", successor: "0x04" }, deadline_s: 400 });
    expect(isLate(actsOfReserve(0, LYS)[0]!, 31 * 86_400)).toBe(true);
    expect(isLate(actsOfReserve(null, LYS)[0]!, 31 * 86_400)).toBe(false);
  });
  it("a seizure: suspended once, decided by ADMIN, ended by anyone in its time", () => {
    const seizure = { number: 3n, stage: 1 as const, account: "0x01" as const, amount_cents: 5n, dueAt_s: 90 };
    const told = (stage: 1 | 2 | 3, now_s: number): string[] =>
      actsOfSeizures([{ ...seizure, stage }], LYS, now_s).map(({ office, act }) => `${office ?? "anyone"}: ${act}`);
    expect(told(1, 10)).toEqual(["court: withdrawSeizure", "guardian: suspendSeizure", "anyone: carryOutSeizure"]);
    expect(told(2, 10)).toEqual(["court: withdrawSeizure", "admin: resumeSeizure", "admin: annulSeizure"]);
    expect(told(3, 10)).toEqual(["court: withdrawSeizure", "anyone: carryOutSeizure"]);
    expect(told(2, 90 + 60 * 86_400)).toContain("anyone: lapseSeizure");
    expect(actsOfSeizures([seizure], LYS, 10).find(({ act }) => act === "carryOutSeizure")?.from_s).toBe(90);
  });
  it("money that its owner has not taken, and nothing that is taken", () => {
    const account = "0x01" as const;
    const acts = actsOfUnclaimed([
      { sale: sale.number, contract: "Conveyance", account, amount_cents: 5n },
      { sale: sale.number, contract: "Conveyance", account: "0x02", amount_cents: 0n },
      { sale: null, contract: "Conveyance", account, amount_cents: 7n },
    ]);
    expect(acts.map(({ act, parcel, amount_cents }) => [act, parcel, amount_cents])).toEqual([
      ["refund", "59999000AB0017", 5n],
      ["withdraw", undefined, 7n],
    ]);
    expect(acts[0]?.values).toEqual({ sale: sale.number.toString(), account });
  });
  it("comes in the order of its deadlines", () => {
    const at = (deadline_s: number | null) => ({ ...actsOfReserve(null, LYS)[0]!, deadline_s });
    expect(inOrder([at(null), at(5), at(2)]).map(({ deadline_s }) => deadline_s)).toEqual([2, 5, null]);
  });
});
