import { describe, expect, it } from "vitest";
import { privateKeyToAccount } from "viem/accounts";
import { verifyTypedData } from "viem";
import file from "../../../tests/vectors/programme-roll.json?raw";
import { askedText, readAsked, readSlip, slipText } from "../../src/programmes/codes";
import { held } from "../../src/programmes/published";
import { checkRoll, readRoll } from "../../src/programmes/roll";
import { SPEND, type Spend, type Terms, hashOf, hashSpend, nameOf, refundPurpose } from "../../src/programmes/terms";
import type { Hex } from "../../src/vote/ballot/bytes";

const VECTORS = JSON.parse(file) as {
  contract: Hex;
  sponsor: Hex;
  programme: Hex;
  root: Hex;
  keys: Hex[];
  secrets: Hex[];
  units: number[];
  indices: number[];
  proofs: Hex[][];
  spend: Omit<Spend, "programme"> & { hash: Hex };
  refund: number;
  refundPurpose: Hex;
};
const RULE: Hex = `0x${"07".repeat(32)}`;
const SALT: Hex = `0x${"666f6f64".padEnd(64, "0")}`;
const TERMS: Terms = {
  sponsor: VECTORS.sponsor,
  salt: SALT,
  opensAt: 1_800_000_000,
  period_h: 720,
  periods: 3,
  unit_cents: 1,
  dailyCap: 0,
  categories: 1,
  total: 300_00,
  root: VECTORS.root,
  ruleHash: RULE,
  uri: "",
};
const PROGRAMME = { name: VECTORS.programme, terms: TERMS };
const lines = VECTORS.keys.map((key, index) => [index, key, VECTORS.units[index], RULE].join(";"));
const CSV = ["index;key;units;rule", ...lines, ""].join("\n");
const { hash, ...message } = VECTORS.spend;
const SPENT: Spend = { programme: VECTORS.programme, ...message };
const NOBODY: Hex = `0x${"11".repeat(20)}`;

describe("a programme's roll", () => {
  it("gives each key the place that Python and the contract know", () => {
    const roll = readRoll(CSV, PROGRAMME);
    expect(VECTORS.keys.map((key) => roll?.placeOf(key))).toEqual(
      VECTORS.keys.map((holder, at) => ({
        holder,
        index: VECTORS.indices[at],
        each: VECTORS.units[at],
        proof: VECTORS.proofs[at],
      })),
    );
    expect(roll?.placeOf(NOBODY)).toBeNull();
  });

  it("is held to sum, rule and root, each by itself", () => {
    const checks = (text: string) => checkRoll(text, PROGRAMME);
    expect(checks(CSV)).toEqual({ keys: 3, isSum: true, isRule: true, isRoot: true });
    expect(checks(CSV.replaceAll(RULE, SALT))).toEqual({ keys: 3, isSum: true, isRule: false, isRoot: true });
    expect(checks(CSV.replace(";8000;", ";8001;"))).toEqual({ keys: 3, isSum: false, isRule: true, isRoot: false });
    const [one = 0, two = 0] = VECTORS.units;
    const swapped = CSV.replace(`;${one};`, ";x;").replace(`;${two};`, `;${one};`).replace(";x;", `;${two};`);
    expect(checks(swapped)).toEqual({ keys: 3, isSum: true, isRule: true, isRoot: false });
    expect(checks("<!doctype html>")).toBeNull();
  });

  it("is none where anything in it is not what was sealed", () => {
    const changed = [
      CSV.replace(";8000;", ";8001;"),
      CSV.replace(";8000;", ";0;"),
      CSV.replace(RULE, SALT),
      CSV.replace("\n1;", "\n2;"),
      CSV.replace("index;", ""),
      `${lines[0]}\n`,
      "index;key;units;rule\n",
    ];
    expect(changed.map((it) => readRoll(it, PROGRAMME))).toEqual(changed.map(() => null));
    for (const terms of [
      { ...TERMS, total: 299_99 },
      { ...TERMS, root: RULE },
      { ...TERMS, ruleHash: SALT },
    ]) {
      expect(readRoll(CSV, { ...PROGRAMME, terms })).toBeNull();
    }
    expect(readRoll(CSV, { ...PROGRAMME, name: RULE })).toBeNull();
  });
});

describe("a programme", () => {
  it("is named by chain, contract, sponsor and salt", () => {
    expect(nameOf(31_337, VECTORS.contract, VECTORS.sponsor, SALT)).toBe(VECTORS.programme);
    expect(nameOf(1, VECTORS.contract, VECTORS.sponsor, SALT)).not.toBe(VECTORS.programme);
  });

  it("bears the site's title and rule only where they are those of its terms", () => {
    const said = {
      name: VECTORS.programme,
      title: "Aide",
      rule: "Tous.",
      categories: ["épicerie"],
      unit: "money" as const,
      merchants: [],
      roll: true,
    };
    const terms = { ...TERMS, salt: hashOf("Aide"), ruleHash: hashOf("Tous.") };
    const found = held({ name: VECTORS.programme, terms }, said);
    expect([found.title, found.rule, found.doubts]).toEqual(["Aide", "Tous.", []]);
    const lied = held({ name: VECTORS.programme, terms }, { ...said, title: "Autre", rule: "Moi." });
    expect([lied.title, lied.rule, lied.doubts]).toEqual([null, null, ["title", "rule"]]);
    expect(held({ name: VECTORS.programme, terms: { ...terms, unit_cents: 0 } }, said).unit).toBe("stamps");
    expect(held({ name: VECTORS.programme, terms }, undefined)).toMatchObject({ title: null, doubts: [] });
  });
});

describe("a spend", () => {
  it("has the hash that Python and the contract give it, and so has its refund", () => {
    expect(hashSpend(SPENT)).toBe(hash);
    expect(refundPurpose(SPENT, VECTORS.refund)).toBe(VECTORS.refundPurpose);
  });

  it("passes between purse and till as it was signed", async () => {
    const domain = { name: "Programmes", version: "1", chainId: 31_337, verifyingContract: VECTORS.contract };
    const typed = { domain, types: SPEND, primaryType: "Spend", message: SPENT } as const;
    const signature = await privateKeyToAccount(VECTORS.secrets[1] as Hex).signTypedData(typed);
    const read = readSlip(slipText({ spend: SPENT, signature }));
    expect(read).toEqual({ spend: SPENT, signature });
    expect(await verifyTypedData({ ...typed, address: SPENT.holder, signature })).toBe(true);
    for (const part of slipText({ spend: SPENT, signature }).split(" ")) {
      expect(readSlip(slipText({ spend: SPENT, signature }).replace(part, "x"))).toBeNull();
    }
  });

  it("is asked for by a till as it is read by a purse", () => {
    const asked = { programme: VECTORS.programme, merchant: SPENT.merchant, units: 12_50, deadline: SPENT.deadline };
    expect(readAsked(askedText(asked))).toEqual(asked);
    expect(readAsked(`${askedText(asked)} 1`)).toBeNull();
    expect(readAsked(askedText(asked).split(" ").slice(0, -1).join(" "))).toBeNull();
    expect(readAsked(askedText(asked).replace("0x6d", "0x"))).toBeNull();
    expect(readAsked("bonjour")).toBeNull();
  });
});
