import { describe, expect, it } from "vitest";
import postErrors from "../../../beffroi/post/codes.py?raw";
import { errorsAbi } from "../../src/generated/errors";
import { MODULES } from "../../src/shell/modules";
import { language } from "../../src/words";
import { LANGUAGES } from "../../src/words/languages";
import { fetchSentences, tellRefusals } from "../../src/words/sentences";

/** Errors of a deployment, of libraries whose callers never let them out, or of contracts that no page acts on
 * (Admission, Facts, Meters): the general sentence serves. */
const NEVER_MET =
  /^Admission_|^Facts_|^Meters_|_InvalidCharter$|_InvalidFollower$|^AccessManagedInvalid|^AccessManagerInvalid|^AccessManagerUnauthorizedConsume|^AddressEmptyCode|^ERC721Invalid(Approver|Operator|Sender)|^FailedCall|^InsufficientBalance|ShortString|^StringTooLong|^ReentrancyGuard|^SafeCast|^SafeERC20|^Secp256k1_NotInvertible/;

type Told = Record<string, (...args: readonly unknown[]) => string>;
const glob = import.meta.glob<Told>("../../src/**/words/*/refusals.ts", { eager: true, import: "refusals" });
const REFUSALS = Object.entries(glob);
const CODES = Object.entries(
  import.meta.glob<Record<string, string>>("../../src/words/*/office.ts", { eager: true, import: "office" }),
);

describe("refusals", () => {
  it("are told in the language of the moment, and unknown ones are left to the general sentence", async () => {
    tellRefusals(MODULES.flatMap((module) => module.refusals ?? []));
    const { ofRefusal, ofCode } = await fetchSentences();
    language.value = "fr";
    expect(ofRefusal({ name: "LocalCurrency_Paused", args: [] })).toMatch(/monnaie/);
    language.value = "en";
    expect(ofRefusal({ name: "LocalCurrency_Paused", args: [] })).toMatch(/money/);
    expect(ofRefusal({ name: "Nobody_KnowsThis", args: [] })).toBeNull();
    expect(ofCode("rate_limited")).toMatch(/minute/);
    expect(ofCode("toString")).toBeNull();
  });

  it("know every code that the post office has, and no other", () => {
    const codes = [...postErrors.matchAll(/^ {4}[A-Z_]+ = "([a-z_]+)"$/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(30);
    for (const [, known] of CODES) expect(Object.keys(known).sort()).toEqual(codes.sort());
  });

  it.each(LANGUAGES)("have one sentence for every error that an act can meet: $tag", ({ tag }) => {
    const told = REFUSALS.filter(([file]) => file.includes(`/words/${tag}/`)).flatMap(([, its]) => Object.keys(its));
    const names = errorsAbi.map(({ name }) => name as string).filter((name) => !NEVER_MET.test(name));
    expect(names.filter((name) => !told.includes(name))).toEqual([]);
    expect(told.filter((name, place) => told.indexOf(name) !== place)).toEqual([]);
  });

  it("are never the same in two languages", () => {
    const told = (tag: string): Set<string> => {
      const own = <T>([file, its]: [string, T]): T[] => (file.includes(`/words/${tag}/`) ? [its] : []);
      const sentences = REFUSALS.flatMap(own).flatMap((its) =>
        Object.values(its).map((sentence) => sentence(0n, 0n, 0n)),
      );
      return new Set([...sentences, ...CODES.flatMap(own).flatMap((its) => Object.values(its))]);
    };
    const texts = LANGUAGES.flatMap(({ tag }) => [...told(tag)]);
    expect(texts.filter((text, place) => texts.indexOf(text) !== place)).toEqual([]);
  });
});
