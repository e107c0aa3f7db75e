import { beforeEach, describe, expect, it, vi } from "vitest";
import { keptDraft } from "../../src/store/draft";
import { keep } from "../../src/store/local";
import { listOf, text, texts } from "../../src/store/schema";

const BAKERY = { name: "Boulangerie", address: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" };
const PAYMENT = { to: "", amount: "", reference: "" };

const stored = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
});

/** A module as a page that opens now has it, with what is stored. */
async function opened<Module>(load: () => Promise<Module>): Promise<Module> {
  vi.resetModules();
  return load();
}
const contacts = async () => (await opened(() => import("../../src/store/contacts"))).contacts.value;
const pending = async () => (await opened(() => import("../../src/store/pending"))).pendingSlips.value;
const language = async () => (await opened(() => import("../../src/words"))).language.value;

const sheet = async () => (await opened(() => import("../../src/programmes/purse"))).sheet.value;

beforeEach(() => stored.clear());

describe("contacts that were stored", () => {
  it("come back as they were kept", async () => {
    keep("contacts", [BAKERY]);
    expect(await contacts()).toEqual([BAKERY]);
  });

  it("are none where something else stands in their place", async () => {
    for (const damaged of ["{", "null", '"Boulangerie"', '{"0":{}}']) {
      stored.set("beffroi/contacts", damaged);
      expect(await contacts()).toEqual([]);
    }
  });

  it("lose the damaged ones alone, and what an older page added to them", async () => {
    keep("contacts", [
      { name: "Sans adresse" },
      { ...BAKERY, phone: "01" },
      { name: 7, address: BAKERY.address },
      null,
    ]);
    expect(await contacts()).toEqual([BAKERY]);
  });

  it("hold no address that is none: nobody is paid at 0x12", async () => {
    keep("contacts", [{ name: "Boulangerie", address: "0x12" }]);
    expect(await contacts()).toEqual([]);
  });
});

describe("a draft that was stored", () => {
  it("comes back field by field: what is damaged is empty, what the form no longer has is left", () => {
    keep("draft/pay", { to: "Boulangerie", amount: 12.5, currency: "LYS" });
    expect(keptDraft("pay", texts(PAYMENT))).toEqual({ to: "Boulangerie" });
  });

  it("is empty where something else stands in its place", () => {
    for (const damaged of ["[]", "7", "null", "{"]) {
      stored.set("beffroi/draft/pay", damaged);
      expect(keptDraft("pay", texts(PAYMENT))).toEqual({});
    }
  });

  it("keeps the sound lines of a list", () => {
    keep("draft/desk/key", { trustees: ["0xa", 3, "0xb"], needed: "2" });
    const fields = { trustees: listOf(text), needed: text, hours: text };
    expect(keptDraft("desk/key", fields)).toEqual({ trustees: ["0xa", "0xb"], needed: "2" });
  });
});

describe("what else was stored", () => {
  it("opens a purse by a sheet that is whole, and by no other", async () => {
    const whole = { seed: `0x${"07".repeat(16)}`, programme: `0x${"01".repeat(32)}` };
    keep("purse", whole);
    expect(await sheet()).toEqual({ ...whole, wallet: null });
    for (const damaged of [{ ...whole, seed: "0x07" }, { ...whole, programme: "0x" }, { seed: whole.seed }, [], 7]) {
      keep("purse", damaged);
      expect(await sheet()).toBeNull();
    }
  });

  it("follows no slip whose number is damaged", async () => {
    const slip = { id: "0xab", account: BAKERY.address, title: "Vous payez" };
    keep("pending", [slip, { ...slip, id: 7 }, { ...slip, account: "0x12" }]);
    expect(await pending()).toEqual([slip]);
  });

  it("speaks the first language where that of an older page is no more", async () => {
    keep("language", "oc");
    expect(await language()).toBe("fr");
    keep("language", "en");
    expect(await language()).toBe("en");
  });
});
