import { beforeAll, describe, expect, it } from "vitest";
import postErrors from "../../../beffroi/post/errors.py?raw";
import { errorsAbi } from "../../src/generated/errors";
import { setTown } from "../../src/town/folder";
import { readTown } from "../../src/town/town";
import { language } from "../../src/words";
import { office as officeEn } from "../../src/words/en/office";
import { refusals as refusalsEn } from "../../src/words/en/refusals";
import * as format from "../../src/words/format";
import { office as officeFr } from "../../src/words/fr/office";
import { refusals as refusalsFr } from "../../src/words/fr/refusals";
import { officeText, refusalText } from "../../src/words/refusals";

/** Errors of a deployment, or of libraries whose callers never let them out: the general sentence serves. */
const NEVER_MET =
  /_InvalidCharter$|_InvalidFollower$|^AccessManagedInvalid|^AccessManagerInvalid|^AccessManagerUnauthorizedConsume|^AddressEmptyCode|^ERC721Invalid(Approver|Operator|Sender)|^FailedCall|^InsufficientBalance|ShortString|^StringTooLong|^ReentrancyGuard|^SafeCast|^SafeERC20|^Secp256k1_NotInvertible/;

const TOWN = {
  manifest: {
    town: "t",
    name: "T",
    chainId: 31337,
    genesisHash: "0x00",
    startBlock: 3,
    contracts: { Town: { address: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8" } },
  },
  rpc: "http://127.0.0.1:8545",
  post: null,
  currency: { name: "Lys", symbol: "LYS" },
};

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
    ["currency.symbol", { ...TOWN, currency: { name: "Lys" } }],
  ])("names the field that is wrong: %s", (detail, value) => {
    expect(() => readTown(value)).toThrow(expect.objectContaining({ fault: "invalid", detail }));
  });
});

describe("formats", () => {
  beforeAll(() => setTown(readTown(TOWN)));

  it("follow the language, exact beyond what a double holds", () => {
    language.value = "fr";
    expect(format.formatAmount(9_007_199_254_740_993n)).toBe("90\u202f071\u202f992\u202f547\u202f409,93\u00a0LYS");
    expect(format.formatSigned(-5n)).toBe("−\u00a00,05");
    language.value = "en";
    expect(format.formatAmount(123_456n)).toBe("1,234.56\u00a0LYS");
    expect(format.formatShare(0.125)).toBe("12.5%");
  });
});

describe("refusals", () => {
  it("are told in the language of the moment, and unknown ones are left to the general sentence", () => {
    language.value = "fr";
    expect(refusalText({ name: "LocalCurrency_Paused", args: [] })).toMatch(/monnaie/);
    language.value = "en";
    expect(refusalText({ name: "LocalCurrency_Paused", args: [] })).toMatch(/money/);
    expect(refusalText({ name: "Nobody_KnowsThis", args: [] })).toBeNull();
    expect(officeText("rate_limited")).toMatch(/minute/);
    expect(officeText("toString")).toBeNull();
  });

  it("know every code that the post office has, and no other", () => {
    const codes = [...postErrors.matchAll(/^ {4}[A-Z_]+ = "([a-z_]+)"$/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(30);
    expect(Object.keys(officeFr).sort()).toEqual(codes.sort());
  });

  it("have a sentence for every error that an act can meet, in both languages", () => {
    const told = (modules: Record<string, { refusals: object }>): Set<string> =>
      new Set(Object.values(modules).flatMap(({ refusals }) => Object.keys(refusals)));
    const fr = told(import.meta.glob<{ refusals: object }>("../../src/**/words/fr/refusals.ts", { eager: true }));
    const en = told(import.meta.glob<{ refusals: object }>("../../src/**/words/en/refusals.ts", { eager: true }));
    const names = errorsAbi.map(({ name }) => name as string).filter((name) => !NEVER_MET.test(name));
    expect(names.filter((name) => !fr.has(name))).toEqual([]);
    expect(names.filter((name) => !en.has(name))).toEqual([]);
  });

  it("are never the same in both languages", () => {
    for (const [name, fr] of Object.entries(refusalsFr))
      expect(refusalsEn[name as keyof typeof refusalsFr]()).not.toBe(fr());
    for (const [code, fr] of Object.entries(officeFr)) expect(officeEn[code as keyof typeof officeFr]).not.toBe(fr);
  });
});
