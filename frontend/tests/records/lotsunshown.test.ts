import { afterEach, describe, expect, it, vi } from "vitest";
import vectors from "../../../tests/vectors/lots.json?raw";
import type { OpenedSchema } from "../../src/records/chain/attested";
import type { SeriesNow } from "../../src/records/chain/standing";
import { LOT_EVENT } from "../../src/records/lots/event";
import type { ReadLots } from "../../src/records/lots/read";
import { readTown } from "../../src/town/town";
import type { Hex } from "../../src/vote/ballot/bytes";
import { TOWN } from "../town/published";

const { batch } = JSON.parse(vectors) as { batch: { text: string; root: Hex } };
const { chain, contract, schema, issuer, first, papers } = JSON.parse(batch.text) as {
  chain: number;
  contract: Hex;
  schema: number;
  issuer: Hex;
  first: number;
  papers: readonly unknown[];
};
const [MAYOR, STRANGER, KITCHEN] = [1, 2, 3].map((it): Hex => `0x${String(it).repeat(40)}`) as [Hex, Hex, Hex];
const NEXT = first + papers.length;
const FILES = {
  "lots.json": JSON.stringify({
    ...{ format: "beffroi-lots-1", chain, contract, labels: [] },
    events: [{ file: "lots/1.json", epcis: null }],
  }),
  "lots/1.json": batch.text,
};
const of = (name: number, accreditor: Hex): OpenedSchema => ({
  ...{ schema: name, accreditor, name: "lot event", definition: LOT_EVENT },
});
/** One of the town's of which something is shown, one of which nothing is, and a stranger's. */
const SCHEMAS = [of(schema, MAYOR), of(schema + 1, MAYOR), of(schema + 2, STRANGER)];
const SERIES = [
  { schema, issuer, next: NEXT },
  { schema: schema + 1, issuer: KITCHEN, next: 3 },
  { schema: schema + 2, issuer: STRANGER, next: 9 },
];
const HIDDEN = [
  { schema, issuer, count: first },
  { schema: schema + 1, issuer: KITCHEN, count: 3 },
];

const seriesNow = (it: Pick<SeriesNow, "schema" | "issuer" | "next">): SeriesNow => ({
  ...{ ...it, key: it.issuer, until_s: 2 ** 39, back: new Map() },
});

/** The lots as a page reads them that opens now. */
async function lots(files: object, isNode: boolean): Promise<ReadLots | null> {
  vi.resetModules();
  vi.doMock("../../src/records/chain/standing", async (actual) => ({
    ...(await actual<object>()),
    batchesNow: (asked: readonly { schema: number }[]) =>
      isNode
        ? Promise.resolve(
            asked.map((it) => ({
              ...{ isIssued: true, issued_s: 1, definition: LOT_EVENT },
              accreditor: SCHEMAS.find((opened) => opened.schema === it.schema)?.accreditor ?? null,
              series: seriesNow(SERIES[0] as (typeof SERIES)[number]),
            })),
          )
        : Promise.reject(new Error("no node")),
    seriesUnder: (schemas: readonly number[]) => Promise.resolve(SERIES.filter((it) => schemas.includes(it.schema))),
  }));
  vi.doMock("../../src/records/chain/attested", async (actual) => ({
    ...(await actual<object>()),
    schemasOpened: () => Promise.resolve(SCHEMAS),
  }));
  vi.doMock("../../src/records/chain/offices", () => ({ officers: () => Promise.resolve(new Set([MAYOR])) }));
  vi.stubGlobal("document", { getElementById: () => ({ textContent: JSON.stringify(files) }) });
  const { setTown } = await import("../../src/town/folder");
  const contracts = { ...TOWN.manifest.contracts, Attestations: { contract: "Attestations", address: contract } };
  setTown(readTown({ ...TOWN, manifest: { ...TOWN.manifest, contracts } }));
  const { readLots } = await import("../../src/records/lots/read");
  return readLots();
}

describe("lot events that a site keeps silent about", () => {
  afterEach(() => {
    for (const it of ["standing", "attested", "offices"]) vi.doUnmock(`../../src/records/chain/${it}`);
    vi.unstubAllGlobals();
  });

  it("are counted of the town's series, also where nothing of one is shown, as a node tells", async () => {
    expect((await lots(FILES, true))?.unshown).toEqual(HIDDEN);
  });

  it("are counted where a file was changed, which shows nothing", async () => {
    const changed = { ...FILES, "lots/1.json": "{}" };
    expect((await lots(changed, true))?.unshown).toEqual([{ ...HIDDEN[0], count: NEXT }, HIDDEN[1]]);
  });

  it("are counted where the site lists no lots at all", async () => {
    expect((await lots({}, true))?.unshown).toEqual([{ ...HIDDEN[0], count: NEXT }, HIDDEN[1]]);
  });

  it("are counted by the site's own list of series where no node answers", async () => {
    const series = SERIES.slice(0, 2).map((it) => ({
      ...{ ...it, key: it.issuer, until: 2 ** 39, disowned: [0, 0], revoked: { bits: 1, lst: "eJxjYAAAAAIAAQ" } },
      batches: it.issuer === issuer ? [{ root: batch.root, first, count: papers.length, issued: 1 }] : [],
    }));
    const records = { format: "beffroi-records-1", chain, contract, block: 1, at: 1, registers: [], series };
    const listed = JSON.stringify({ ...records, schemas: SCHEMAS.slice(0, 2) });
    expect((await lots({ ...FILES, "records.json": listed }, false))?.unshown).toEqual(HIDDEN);
  });
});
