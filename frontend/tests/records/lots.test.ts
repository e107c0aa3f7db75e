import { describe, expect, it } from "vitest";
import drawnByDapp from "../../../tests/vectors/lot-worlds-typescript.json?raw";
import drawnByPython from "../../../tests/vectors/lot-worlds.json?raw";
import file from "../../../tests/vectors/lots.json?raw";
import type { Hex } from "../../src/vote/ballot/bytes";
import { lotEvents } from "../../src/records/lots/event";
import { ofDecimal } from "../../src/records/lots/fraction";
import { PaperError } from "../../src/records/paper/faults";
import { readOpen } from "../../src/records/paper/openbatch";
import type { PaperRef } from "../../src/records/paper/paper";
import { type Told, type ToldCertificate, type World, drawn, judged, namesOf, textOf } from "./worlds";

type Vector = World & { found: ReturnType<typeof judged> };

interface Case {
  name: string;
  events: (Pick<Told, "values" | "parents" | "standing" | "issued"> & { paper: PaperRef })[];
  keys: Record<string, Hex>;
  certificates: (Omit<ToldCertificate, "accredited"> & { paper: PaperRef; accreditedUntil: number })[];
  findings: unknown[];
  holdings: Record<string, [string, string, string, string][]>;
  recalls: Record<string, string[]>;
  labelled: string[];
  names: Record<string, string>;
}
const TOLD = JSON.parse(file) as {
  batch: { text: string; root: string; leaves: string[] };
  quantities: Record<string, string>;
  noQuantities: string[];
  cases: Case[];
};

const worldOf = ({ events, keys, certificates }: Case): World => ({
  events: events.map(({ paper, ...told }) => ({ ...told, ...paper })),
  keys,
  certificates: certificates.map(({ paper, accreditedUntil, ...told }) => ({
    ...told,
    ...paper,
    accredited: accreditedUntil,
  })),
});

describe("lots that Python follows", () => {
  it.each(TOLD.cases)("are found to have the same fault, holders, recall and labels: $name", (told) => {
    const { findings, lots } = judged(worldOf(told));
    expect(namesOf(worldOf(told))).toEqual(told.names);
    const found = Object.entries(lots);
    expect(findings).toEqual(told.findings);
    expect(Object.fromEntries(found.map(([lot, { at, unit }]) => [lot, at?.map((it) => [...it, unit])]))).toEqual(
      told.holdings,
    );
    expect(Object.fromEntries(found.map(([lot, { reaches }]) => [lot, [lot, ...reaches]]))).toEqual(told.recalls);
    expect(found.flatMap(([lot, { bears }]) => (bears ? [lot] : []))).toEqual(told.labelled);
  });

  it.each((JSON.parse(drawnByPython) as Vector[]).map((world, place) => ({ world, place })))(
    "are judged alike where they are drawn at random: world $place",
    ({ world }) => {
      expect(judged(world)).toEqual(world.found);
    },
  );

  it("are read from the file, under its root", () => {
    const batch = readOpen(TOLD.batch.text);
    expect(batch.root).toBe(TOLD.batch.root);
    expect(lotEvents(batch, () => "stands", null).map(({ ref }) => ref.leaf)).toEqual(TOLD.batch.leaves);
  });

  it("have quantities of one form", () => {
    for (const [text, value] of Object.entries(TOLD.quantities)) {
      const read = ofDecimal(text);
      expect(read && textOf(read)).toBe(value);
    }
    expect(TOLD.noQuantities.filter((text) => ofDecimal(text))).toEqual([]);
  });
});

describe("lots that the dApp draws", () => {
  it("are those of the vectors that Python judges", () => {
    const worlds = Array.from({ length: 20 }, (_, seed) => drawn(seed, 9));
    expect(worlds.map((world) => ({ ...world, found: judged(world) }))).toEqual(JSON.parse(drawnByDapp));
  });
});

describe("a paper that tells no event", () => {
  const MILK = "https://id.gs1.org/01/03012345000018/10/L1\t12\tKGM";
  const SOUND = {
    event: `0x${"11".repeat(32)}`,
    kind: "commission",
    at_ms: "0",
    holder: "did:web:farm",
    outputs: MILK,
  };
  const fieldOf = (changes: Record<string, string>): string | null => {
    const { outputs, ...rest } = SOUND;
    const issuer: Hex = `0x${"11".repeat(20)}`;
    const ref = { schema: 1, issuer, number: 3, leaf: SOUND.event as Hex };
    const values = { ...rest, ...(changes["kind"] ? {} : { outputs }), ...changes };
    try {
      judged({ events: [{ ...ref, values, parents: [], standing: "stands", issued: 0 }], keys: {}, certificates: [] });
      return null;
    } catch (error) {
      if (error instanceof PaperError && error.fault.kind === "noLotEvent") return error.fault.field;
      throw error;
    }
  };

  it.each<[string, Record<string, string>]>([
    ["kind", { kind: "sell" }],
    ["at_ms", { at_ms: "-1" }],
    ["at_ms", { at_ms: "1099511627776000" }],
    ["holder", { holder: "the farm" }],
    ["holder", { holder: "urn:epc:id:sgln:3012345.00001.0" }],
    ["partner", { partner: "did:web:dairy" }],
    ["container", { container: "did:web:box" }],
    ["container", { kind: "pack", inputs: MILK }],
    ["inputs", { inputs: MILK }],
    ["inputs", { kind: "ship" }],
    ["inputs", { kind: "ship", inputs: `${MILK}\n${MILK}` }],
    ["outputs", { kind: "ship", inputs: MILK, outputs: MILK }],
    ["outputs", { outputs: MILK.replace("\t12", "\t-12") }],
    ["outputs", { outputs: MILK.replace("\t12", "\t1e400") }],
    ["outputs", { outputs: MILK.replace("\t12", "\tNaN") }],
    ["outputs", { outputs: MILK.replace("KGM", "kg") }],
    ["outputs", { outputs: MILK.replace("03012345000018", "3012345000018") }],
    ["outputs", { outputs: MILK.replace("id.gs1.org", "shop.example") }],
    ["outputs", { outputs: MILK.replace("L1", "%4C1") }],
    ["outputs", { outputs: MILK.replace("L1", "L%2f1") }],
    ["outputs", { outputs: MILK.replace("L1", "L%") }],
    ["outputs", { outputs: MILK.replace("L1", "%E2%80%AEL1") }],
    ["outputs", { outputs: MILK.replace("L1", "L1/") }],
    ["outputs", { outputs: MILK.replace("L1", "L1#x") }],
    ["outputs", { outputs: `${MILK}\textra` }],
    ["outputs", { outputs: `${MILK}\n` }],
    ["yields", { yields: "KGM\tLTR\t1" }],
    ["yields", { kind: "transform", inputs: MILK, outputs: MILK, yields: "KGM\tGRM\t0.0011" }],
    ["names", { names: "did:web:farm\t " }],
    ["names", { names: "did:web:farm\tFerme\u202e" }],
    ["names", { names: "did:web:farm\tA\ndid:web:farm\tB" }],
  ])("is told by its field: %s", (field, changes) => {
    expect(fieldOf({})).toBeNull();
    expect(fieldOf(changes)).toBe(field);
  });
});
