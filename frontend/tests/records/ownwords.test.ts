import { describe, expect, it } from "vitest";
import type { Hex } from "../../src/vote/ballot/bytes";
import { ownWords } from "../../src/records/lots/labels";
import { type Told, followed } from "./worlds";

const word = (it: number): Hex => `0x${String(it).repeat(64)}`;
const [DAIRY, FARM, BODY, CERTIFIER, KEY] = [1, 2, 3, 4, 5].map((it): Hex => `0x${String(it).repeat(40)}`) as [
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
];
const PRODUCT = "https://id.gs1.org/01/03012345000017";
const MILK = `${PRODUCT}/10/L1`;
const CHEESE = "urn:uuid:cheese";

const told = (issuer: Hex, number: number, values: Record<string, string>): Told => ({
  ...{ schema: 1, issuer, number, leaf: word(number), parents: [], standing: "stands", issued: 10 },
  values: { event: word(number), at_ms: "10000", holder: `urn:uuid:${issuer}`, ...values },
});
const { story } = followed({
  events: [
    told(FARM, 6, { kind: "commission", outputs: `${MILK}\t9\tKGM` }),
    told(DAIRY, 7, { kind: "transform", inputs: `${MILK}\t9\tKGM`, outputs: `${CHEESE}\t1\tKGM` }),
  ],
  keys: {},
  certificates: [],
});

function said(by: { body?: Hex; certifier?: Hex; certifierKey?: Hex; farmKey?: Hex }): string[] {
  const issuer = by.certifier ?? CERTIFIER;
  const paper = { ref: { schema: 2, issuer, number: 0, leaf: word(8) }, maker: FARM, product: PRODUCT };
  const state = { from: 0, until: 0, standing: "stands", accredited_s: 2 ** 39, issued_s: 0 } as const;
  const keys = new Map([[issuer, by.certifierKey ?? issuer]]);
  const label = { body: by.body ?? BODY, keys, certificates: [{ ...paper, ...state }] };
  const found = ownWords(story, CHEESE, label, new Map([[FARM, by.farmKey ?? FARM]]));
  return found.map(({ event, as }) => `${as} ${event.ref.issuer}`);
}

describe("who gives a label to what is her own", () => {
  it("is told, by account or by the key that signs", () => {
    expect(said({ body: FARM })).toEqual([`body ${FARM}`]);
    expect(said({ body: DAIRY })).toEqual([`body ${DAIRY}`]);
    expect(said({ certifier: FARM })).toEqual([`certifier ${FARM}`]);
    expect(said({ certifierKey: KEY, farmKey: KEY })).toEqual([`certifier ${FARM}`]);
  });

  it("is not told of others, nor of who certifies what another makes", () => {
    expect(said({})).toEqual([]);
    expect(said({ certifier: DAIRY })).toEqual([]);
  });
});
