import { type Address, type Hex, keccak256 } from "viem";
import { describe, expect, it } from "vitest";
import { type Deed, ReadingError, readDeed, readTerms } from "../../src/land/reading";
import {
  type ActSubject,
  type Terms,
  consenting,
  conveyanceDomain,
  digestOf,
  netOf,
  partiesOf,
  stakeOf,
  termsHash,
  total,
  typedAct,
  typedRetraction,
} from "../../src/land/terms";
import { fundingNonce } from "../../src/land/funding";
import made from "../../../tests/vectors/land-terms.json";

interface Case {
  terms: unknown;
  sale: string;
  from: Hex;
  termsHash: Hex;
  compromis: Hex;
  deed: Hex;
  amendment: Hex;
  rescission: Hex;
  retraction: Hex;
  slipNonce: Hex;
}
const vectors = made as { chainId: number; conveyance: Address; cases: Case[] };
const domain = conveyanceDomain(vectors.chainId, vectors.conveyance);

const ADA: Address = "0xA1A1a1a1A1A1A1A1A1a1a1a1a1a1A1A1a1A1a1a1";
const BOB: Address = "0xb2b2b2b2b2B2b2B2B2b2b2B2B2b2B2B2b2b2b2b2";
const BANK: Address = "0xBAbAbabAbabaBABaBAbABabaBAbAbaBaBAbABaBa";

const house: Terms = {
  ...readTerms(vectors.cases[0]!.terms),
  price_cents: 200_000_01n,
  tax_cents: 11_600_00n,
  usufruct_bps: 3_000n,
  loan: { lender: BANK, amount_cents: 150_000_00n, dueDay: 30_000n },
  sold: [
    { holder: ADA, kind: 1, shares: 2 },
    { holder: BOB, kind: 2, shares: 2 },
    { holder: BOB, kind: 0, shares: 1 },
  ],
  bought: [{ holder: BANK, kind: 0, shares: 3 }],
  fees: [{ account: BOB, amount_cents: 3_000_00n }],
  payoffs: [
    { charge: 4n, paid_cents: 50_000_00n, stays: false },
    { charge: 9n, paid_cents: 0n, stays: true },
  ],
  funding: [
    { account: BANK, amount_cents: 150_000_00n },
    { account: ADA, amount_cents: 64_600_01n },
  ],
};

describe("what the contract hashes is what we show and sign", () => {
  it.each(vectors.cases.map((it, place) => [place, it] as const))("case %i", (_, it) => {
    const terms = readTerms(it.terms);
    const sale = BigInt(it.sale);
    const subject = { sale, from: it.from, terms };
    expect(termsHash(terms)).toBe(it.termsHash);
    expect(digestOf(typedAct(domain, { ...subject, act: "compromis" }))).toBe(it.compromis);
    expect(digestOf(typedAct(domain, { ...subject, act: "deed" }))).toBe(it.deed);
    expect(digestOf(typedAct(domain, { ...subject, act: "amendment" }))).toBe(it.amendment);
    expect(digestOf(typedAct(domain, { ...subject, act: "rescission" }))).toBe(it.rescission);
    expect(digestOf(typedRetraction(domain, sale))).toBe(it.retraction);
    expect(fundingNonce(it.from, it.from)).toBe(it.slipNonce);
  });
  it("another price has another hash", () => {
    expect(termsHash({ ...house, price_cents: house.price_cents + 1n })).not.toBe(termsHash(house));
  });
  it("is not made without the sale that it is of", () => {
    expect(() => typedAct(domain, { act: "deed", sale: null, from: null, terms: house })).toThrow(RangeError);
    expect(() => typedAct(domain, { act: "amendment", sale: 1n, from: null, terms: house })).toThrow(RangeError);
  });
});

describe("who gets what", () => {
  it("sellers share the price less the charges by weight, and no cent is lost", () => {
    // 2 bare of 70 % + 2 usufruct of 30 % + 1 full of 100 %, of 300 % in all
    expect(netOf(house)).toEqual([70_000_00n, 30_000_00n, 50_000_01n]);
    expect(netOf(house).reduce((sum, it) => sum + it)).toBe(150_000_01n);
  });
  it("price, tax and fees are paid in", () => {
    expect(total(house)).toBe(214_600_01n);
  });
  it("each sees their own part", () => {
    expect(stakeOf(house, ADA)).toMatchObject({
      isSeller: true,
      isBuyer: false,
      pays_cents: 64_600_01n,
      gets_cents: 70_000_00n,
    });
    expect(stakeOf(house, BOB).gets_cents).toBe(30_000_00n + 50_000_01n + 3_000_00n);
    expect(stakeOf(house, BANK)).toMatchObject({ isBuyer: true, lends_cents: 150_000_00n, pays_cents: 150_000_00n });
  });
  it("who signs: sellers, buyers; for the deed the lender and creditors who must agree", () => {
    const subject = { act: "compromis", sale: 1n, from: null, terms: house } as ActSubject;
    expect(partiesOf(subject)).toEqual([ADA, BOB, BOB, BANK]);
    const creditors = consenting(house, [
      { creditor: ADA, amount_cents: 50_000_00 },
      { creditor: BOB, amount_cents: 20_000_00 },
    ]);
    expect(creditors).toEqual([BOB]);
    expect(partiesOf({ ...subject, act: "deed" }, creditors)).toEqual([ADA, BOB, BOB, BANK, BANK, BOB]);
  });
});

describe("a deed from the post office", () => {
  const told = {
    id: vectors.cases[0]!.deed,
    act: "deed",
    sale: vectors.cases[0]!.sale,
    terms: vectors.cases[0]!.terms,
    parties: [ADA, BOB.toLowerCase()],
    signed: [ADA],
    complete: false,
  };
  it("is read with its numbers whole", () => {
    const deed: Deed = readDeed(told);
    expect(deed.sale).toBe(BigInt(vectors.cases[0]!.sale));
    expect(deed.parties).toEqual([ADA, BOB]);
    expect(deed.signatures).toEqual([]);
  });
  it.each([
    ["act", { ...told, act: "gift" }],
    ["price_cents", { ...told, terms: { ...(told.terms as object), price_cents: "1e3" } }],
    ["price_cents", { ...told, terms: { ...(told.terms as object), price_cents: 0.5 } }],
    ["parties", { ...told, parties: ["ada"] }],
    ["id", { ...told, id: "0x12" }],
    ["stays", { ...told, terms: { ...(told.terms as object), payoffs: [{ charge: "1", paid_cents: "1", stays: 1 }] } }],
  ])("whose %s is wrong is not read", (member, wrong) => {
    expect(() => readDeed(wrong)).toThrow(new ReadingError(member));
  });
});

it("a funding nonce binds the sale, and ends as its salt does", () => {
  const salt = keccak256("0x01");
  const [terms, other]: [Hex, Hex] = [`0x${"07".repeat(32)}`, `0x${"08".repeat(32)}`];
  const nonce = fundingNonce(terms, salt);
  expect(nonce.slice(-2)).toBe(salt.slice(-2));
  expect(fundingNonce(other, salt).slice(0, -2)).not.toBe(nonce.slice(0, -2));
  // The last byte of the salt alone: the same word of the currency's nonces.
  expect(fundingNonce(terms, `${salt.slice(0, -2)}00` as Hex)).toBe(`${nonce.slice(0, -2)}00`);
});
