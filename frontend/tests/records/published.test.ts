import { beforeEach, describe, expect, it, vi } from "vitest";
import sdJwt from "../../../tests/vectors/sd-jwt-ours.json?raw";
import type { Listed } from "../../src/records/published";
import { ofBase64url } from "../../src/records/paper/packed";
import type { Paper } from "../../src/records/paper/paper";
import { setTown } from "../../src/town/folder";
import { readTown } from "../../src/town/town";
import { TOWN } from "../town/published";
import { CONTRACT, NOW_S, batchMade, ownMade } from "./made";

const { status, revoked } = JSON.parse(sdJwt) as { status: string; revoked: number[] };
/** The list of numbers 0, 15 and 767, as the library writes it. */
const LST = JSON.parse(new TextDecoder().decode(ofBase64url(status.split(".")[1] ?? ""))).status_list.lst as string;

const { schema, issuer, root, first, drafts } = batchMade();
const SERIES = {
  schema,
  issuer,
  key: issuer,
  until: NOW_S + 1,
  next: 304,
  disowned: [0, 0],
  batches: [
    { root, first, count: drafts.length, uri: "", issued: NOW_S, block: 7, transaction: `0x${"01".repeat(32)}` },
  ],
  revoked: { bits: 1, lst: LST },
};
const RECORDS = {
  format: "beffroi-records-1",
  chain: 31337,
  contract: CONTRACT,
  block: 9,
  at: NOW_S,
  schemas: [],
  series: [SERIES],
  registers: [
    {
      schema,
      issuer,
      acts: [],
      scdl: "acts/3.csv",
      calls: [{ what: "LandTax.RatesSet", hash: root, transaction: `0x${"02".repeat(32)}`, at: NOW_S }],
    },
  ],
};

/** What a page that opens now, over these files, knows of a paper. */
async function listed(records: unknown, paper: Paper = ownMade().paper): Promise<Listed | null> {
  vi.resetModules();
  const town = await import("../../src/town/folder");
  const contracts = { ...TOWN.manifest.contracts, Attestations: { contract: "Attestations", address: CONTRACT } };
  town.setTown(readTown({ ...TOWN, manifest: { ...TOWN.manifest, contracts } }));
  const files = { "records.json": JSON.stringify(records) };
  vi.stubGlobal("document", { getElementById: () => ({ textContent: JSON.stringify(files) }) });
  const { listedState } = await import("../../src/records/published");
  return listedState(paper);
}

describe("what the town published of a paper", () => {
  beforeEach(() => setTown(readTown(TOWN)));

  it("is as of its block, and says nothing against one that stands there", async () => {
    expect(await listed(RECORDS)).toEqual({ at_s: NOW_S, isKnown: true, doubts: [] });
  });

  it.each(revoked)("says that number %i is revoked", async (number) => {
    const paper = { ...ownMade().paper, number };
    expect((await listed(RECORDS, paper))?.doubts).toEqual([{ paper, kind: "revoked" }]);
  });

  it.each([1, 14, 16, 255, 766])("does not say that number %i is", async (number) => {
    expect((await listed(RECORDS, { ...ownMade().paper, number }))?.doubts).toEqual([]);
  });

  it.each([768, 100_000])("does not know number %i, which its list does not reach", async (number) => {
    expect(await listed(RECORDS, { ...ownMade().paper, number })).toMatchObject({ isKnown: false });
  });

  it("says that one is disowned, or of other places than its batch has", async () => {
    const disowned = { ...RECORDS, series: [{ ...SERIES, disowned: [301, 302] }] };
    expect((await listed(disowned))?.doubts.map(({ kind }) => kind)).toEqual(["disowned"]);
    const moved = { ...ownMade().paper, first: 299 };
    expect((await listed(RECORDS, moved))?.doubts.map(({ kind }) => kind)).toEqual(["otherPlaces"]);
  });

  it("does not know a batch that was issued after it, nor a parent's", async () => {
    const paper = ownMade().paper;
    expect(await listed({ ...RECORDS, series: [] })).toMatchObject({ isKnown: false, doubts: [] });
    const parent = { ...paper, root: `0x${"77".repeat(32)}` as const };
    expect(await listed(RECORDS, { ...paper, parents: [parent] })).toMatchObject({ isKnown: false });
  });

  it("is nothing where it is of another contract, and refused where it is of another form", async () => {
    expect(await listed({ ...RECORDS, chain: 1 })).toBeNull();
    expect(await listed(null)).toBeNull();
    await expect(listed({ ...RECORDS, format: "beffroi-records-2" })).rejects.toThrow("records.json");
  });
});
