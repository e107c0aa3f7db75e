import { getAddress, zeroAddress } from "viem";
import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/payment-requests.json";
import { parseAmount, typeAmount } from "../../src/money/amount";
import { type Deed, payersUnder } from "../../src/money/collect";
import { csv, csvCell } from "../../src/csv";
import { type Told, type Transfer, dayOf, movementsOf, takings } from "../../src/money/movements";
import { readPayee } from "../../src/money/payee";
import {
  type PaymentRequest,
  newRequest,
  parseRequest,
  readScan,
  requestHash,
  requestNonce,
  requestUri,
} from "../../src/money/request";
import { redemptionFee } from "../../src/money/flows/redeem";

describe("parseAmount", () => {
  it.each([
    ["12,50", 1250n],
    ["12.5", 1250n],
    ["12", 1200n],
    [" 0,01 ", 1n],
    ["1 234,50", 123_450n],
    ["1\u202f234,50 LYS", 123_450n],
    ["1.234,50 €", 123_450n],
    ["1,234.50", 123_450n],
    ["1.234.567", 123_456_700n],
    ["1’000,00", 100_000n],
    ["12 345 678,9", 1_234_567_890n],
    [",5", null],
  ])("reads %s", (typed, cents) => expect(parseAmount(typed).cents).toBe(cents));

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    ["douze", "unreadable"],
    ["1,234", "ambiguous"],
    ["1,2345", "decimals"],
    ["0,00", "zero"],
    ["-5", "unreadable"],
    ["1e3", "unreadable"],
    ["12 50", "unreadable"],
    ["100 00", "unreadable"],
    ["12'50", "unreadable"],
    ["1 234'567", "unreadable"],
    ["1234 567", "unreadable"],
    ["0 123", "unreadable"],
    ["1,2,3", "unreadable"],
    ["12,34.56,78", "unreadable"],
    ["99999999999999", "tooLarge"],
  ])("refuses %s as %s", (typed, fault) => expect(parseAmount(typed).fault).toBe(fault));

  it("reads again what it writes", () => {
    for (const cents of [1n, 99n, 100n, 123_456n]) {
      expect(parseAmount(typeAmount(cents, ",")).cents).toBe(cents);
      expect(parseAmount(typeAmount(cents, ".")).cents).toBe(cents);
    }
  });
});

const ours = (it: (typeof vectors)[number]): PaymentRequest => ({
  chainId: Number(it.chainId),
  currency: getAddress(it.currency),
  payee: getAddress(it.payee),
  amount_cents: BigInt(it.amount),
  memo: it.memo,
  before_s: BigInt(it.before),
  salt: it.salt as `0x${string}`,
});

describe("payment requests", () => {
  it.each(vectors.map((it) => [it.memo, it] as const))("are Python's, byte for byte: %s", (_, it) => {
    expect(requestHash(ours(it))).toBe(it.hash);
    expect(requestNonce(ours(it))).toBe(it.nonce);
    expect(requestUri(ours(it))).toBe(it.uri);
    expect(parseRequest(it.uri)).toEqual(ours(it));
  });

  const uri = vectors.at(-1)?.uri ?? "";
  it.each([
    ["another amount", (it: string) => it.replace(/uint256=\d+/, "uint256=2"), "forged"],
    ["another payee", (it: string) => it.replace(/address=0x.{40}/, `address=0x${"11".repeat(20)}`), "forged"],
    ["another chain", (it: string) => it.replace(/@\d+/, "@5"), "forged"],
    ["something twice", (it: string) => `${it}&uint256=1`, "unreadable"],
    ["something more", (it: string) => `${it}&tip=1`, "unreadable"],
    ["nothing of it", () => "https://example.org", "unreadable"],
  ])("are refused with %s", (_, change, fault) => {
    expect(() => parseRequest(change(uri))).toThrow(expect.objectContaining({ fault }));
  });

  it("differ for the same coffee", () => {
    const { salt: _, ...coffee } = ours(vectors[0] as (typeof vectors)[number]);
    expect(requestHash(newRequest(coffee))).not.toBe(requestHash(newRequest(coffee)));
  });

  it("are told from an address that was scanned", () => {
    const payee = getAddress(vectors[0]?.payee ?? "");
    expect(readScan(`ethereum:${payee}@31337`)).toEqual({ address: payee });
    expect(readScan(payee.toLowerCase())).toEqual({ address: payee });
    expect(readScan(uri)).toHaveProperty("request");
    expect(() => readScan(payee.replace(/[a-f]/, (it) => it.toUpperCase()))).toThrow();
  });
});

describe("readPayee", () => {
  const address = getAddress("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  const known = [{ name: "Boulangerie", address }];
  it("knows a contact by its name, whatever the case", () => {
    expect(readPayee(" boulangerie ", null, known).address).toBe(address);
  });
  it("tells a mistyped address from none, and oneself", () => {
    expect(readPayee(address.replace("C8", "c8"), null, []).fault).toBe("toMistyped");
    expect(readPayee("0x12", null, []).fault).toBe("toUnknown");
    expect(readPayee("", null, []).fault).toBe("toEmpty");
    expect(readPayee(address, address, []).fault).toBe("toSelf");
  });
});

describe("csv", () => {
  it("lets no memo become a formula", () => {
    for (const evil of ["=1+1", "+33", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
      expect(csvCell(evil).replace('"', "")).toMatch(/^'/);
  });
  it("leaves numbers alone, negative ones too", () => {
    expect(csvCell("-12,50")).toBe("-12,50");
  });
  it("leaves out what only a screen needs", () => {
    expect(csvCell("0x70…\u206079C8")).toBe("0x70…79C8");
  });
  it("quotes what would break the sheet", () => {
    expect(csv(["a", "b"], [['x;"y"', "l1\nl2"]])).toBe('\ufeffa;b\r\n"x;""y""";"l1\nl2"\r\n');
  });
});

describe("movementsOf", () => {
  const me = getAddress(`0x${"11".repeat(20)}`);
  const shop = getAddress(`0x${"22".repeat(20)}`);
  const commons = getAddress(`0x${"33".repeat(20)}`);
  const ref = `0x${"ab".repeat(32)}` as const;
  const cheap = `0x${"0".repeat(63)}5` as const;
  const mark = (block: number, index: number) => ({
    block: BigInt(block),
    index,
    transaction: `0x${block.toString(16).padStart(64, "0")}` as const,
  });
  const moved = (block: number, index: number, from: typeof me, to: typeof me, cents: bigint): Transfer => ({
    ...mark(block, index),
    from,
    to,
    cents,
    at_s: 1_700_000_000 + block * 86_400,
  });
  const nothing: Told = {
    transfers: [],
    authorizations: [],
    paid: [],
    issues: [],
    redeemed: [],
    recoveries: new Set(),
    commons,
  };

  it("keeps a balance that ends at the sum, in the chain's order", () => {
    const transfers = [moved(3, 0, me, shop, 300n), moved(1, 0, zeroAddress, me, 1000n), moved(2, 4, shop, me, 5n)];
    const told = movementsOf(me, { ...nothing, transfers });
    expect(told.map((it) => [it.nature, it.change_cents, it.balance_cents])).toEqual([
      ["issued", 1000n, 1000n],
      ["received", 5n, 1005n],
      ["paid", -300n, 705n],
    ]);
  });

  it("gives each payment of a batch its own slip's reference, and none for a nonce that only counts", () => {
    const transfers = [moved(1, 1, me, shop, 1n), moved(1, 3, me, shop, 2n)];
    const authorizations = [
      { ...mark(1, 0), authorizer: me, nonce: ref },
      { ...mark(1, 2), authorizer: me, nonce: cheap },
    ];
    expect(movementsOf(me, { ...nothing, transfers, authorizations }).map((it) => it.ref)).toEqual([ref, null]);
  });

  it("does not give the demurrage that a slip takes first the slip's reference", () => {
    const transfers = [moved(1, 1, me, commons, 1n), moved(1, 2, me, shop, 2n)];
    const authorizations = [{ ...mark(1, 0), authorizer: me, nonce: ref }];
    const told = movementsOf(me, { ...nothing, transfers, authorizations });
    expect(told.map((it) => [it.nature, it.ref])).toEqual([
      ["commons", null],
      ["paid", ref],
    ]);
  });

  it("knows a payment's reference, an issue's and a redemption's", () => {
    const transfers = [moved(1, 1, zeroAddress, me, 9n), moved(2, 0, me, shop, 2n), moved(3, 0, me, zeroAddress, 7n)];
    const paid = [{ ...mark(2, 1), from: me, to: shop, cents: 2n, ref }];
    const issues = [{ ...mark(1, 0), ref: cheap }];
    const redeemed = [{ ...mark(3, 1), ref: `0x${"ee".repeat(32)}` as const }];
    const told = movementsOf(me, { ...nothing, transfers, paid, issues, redeemed });
    expect(told.map((it) => [it.nature, it.ref])).toEqual([
      ["issued", cheap],
      ["paid", ref],
      ["redeemed", `0x${"ee".repeat(32)}`],
    ]);
  });

  it("adds up to takings by day, whose closing is the balance", () => {
    const transfers = [
      moved(1, 0, shop, me, 100n),
      moved(1, 1, shop, me, 50n),
      moved(2, 0, me, commons, 3n),
      moved(2, 1, me, zeroAddress, 97n),
    ];
    const days = takings(movementsOf(me, { ...nothing, transfers }));
    expect(days).toEqual([
      {
        day: dayOf(1_700_172_800),
        payments: 0,
        received_cents: 0n,
        paid_cents: 0n,
        redeemed_cents: 100n,
        closing_cents: 50n,
      },
      {
        day: dayOf(1_700_086_400),
        payments: 2,
        received_cents: 150n,
        paid_cents: 0n,
        redeemed_cents: 0n,
        closing_cents: 150n,
      },
    ]);
  });
});

describe("redemptionFee", () => {
  it("is rounded up, for the town", () => {
    expect(redemptionFee(99n, 300)).toBe(3n);
    expect(redemptionFee(33n, 300)).toBe(1n);
    expect(redemptionFee(100n, 300)).toBe(3n);
  });
});

describe("payersUnder", () => {
  const asked = ours(vectors[1] as (typeof vectors)[number]);
  const nonce = requestNonce(asked);
  const [payer, stranger] = [getAddress(`0x${"55".repeat(20)}`), getAddress(`0x${"66".repeat(20)}`)];
  const slip = (authorizer: typeof payer, its = nonce): Deed => ({
    eventName: "AuthorizationUsed",
    args: { authorizer, nonce: its },
  });
  const moved = (from: typeof payer, value = asked.amount_cents, to = asked.payee): Deed => ({
    eventName: "Transfer",
    args: { from, to, value },
  });
  const other = `0x${"ee".repeat(32)}` as const;
  const paid = (from: typeof payer, ref: `0x${string}`): Deed => ({
    eventName: "Paid",
    args: { from, to: asked.payee, amount_cents: asked.amount_cents, ref },
  });

  it("a payment under another reference pays no request", () => {
    const underAnother = [slip(payer), moved(payer, 0n, payer), moved(payer), paid(payer, other)];
    expect(payersUnder(asked, nonce, underAnother)).toEqual([]);
    expect(payersUnder(asked, nonce, [...underAnother, moved(payer), paid(payer, requestHash(asked))])).toEqual([
      payer,
    ]);
    expect(payersUnder(asked, nonce, [slip(payer), moved(payer), paid(stranger, other)])).toEqual([payer]);
  });

  it.each([
    ["the payer", [slip(payer), moved(payer)], [payer]],
    [
      "each who paid, and none twice",
      [slip(stranger), moved(stranger), slip(payer), moved(payer), moved(payer)],
      [stranger, payer],
    ],
    ["the payer, whose demurrage was taken first", [slip(payer), moved(payer, 3n, stranger), moved(payer)], [payer]],
    ["nobody, for a cent under the same name", [slip(stranger), moved(stranger, 1n)], []],
    ["nobody, where it went to another", [slip(stranger), moved(stranger, asked.amount_cents, stranger)], []],
    [
      "nobody, where another slip paid that amount",
      [slip(stranger), moved(stranger, 1n), slip(payer, other), moved(payer)],
      [],
    ],
    ["nobody, where another's money moved", [slip(stranger), moved(payer)], []],
  ])("finds %s", (_, deeds, found) => expect(payersUnder(asked, nonce, deeds)).toEqual(found));
});
