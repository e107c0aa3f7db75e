/** Lots as vectors tell them, and as the dApp judges them: `tests/vectors/lot-worlds*.json`. */
import { type Hex, keccak, toHex, utf8 } from "../../src/vote/ballot/bytes";
import {
  KINDS,
  type EventKind,
  LOT_EVENT,
  type LotEvent,
  type Standing,
  lotEvents,
} from "../../src/records/lots/event";
import type { Fraction } from "../../src/records/lots/fraction";
import { follow } from "../../src/records/lots/following";
import { type Certificate, labelDoubts } from "../../src/records/lots/labels";
import { partsOf } from "../../src/records/lots/ledger";
import { recall } from "../../src/records/lots/recall";
import { namesIn } from "../../src/records/lots/names";
import type { Story } from "../../src/records/lots/story";
import type { PaperRef } from "../../src/records/paper/paper";

export type Told = PaperRef & {
  values: Record<string, string>;
  parents: PaperRef[];
  standing: Standing;
  issued: number;
};
export type ToldCertificate = PaperRef &
  Omit<Certificate, "ref" | "accredited_s" | "issued_s"> & { accredited: number; issued: number };

export interface World {
  events: Told[];
  keys: Record<string, Hex>;
  certificates: ToldCertificate[];
}

const refOf = ({ schema, issuer, number, leaf }: PaperRef): PaperRef => ({ schema, issuer, number, leaf });

function eventOf({ values, parents, standing, issued, ...ref }: Told): LotEvent {
  const { schema, issuer } = ref;
  const home = { chain: 31337, contract: ref.issuer, definition: LOT_EVENT, schema, issuer, first: ref.number };
  const said = new Map(Object.entries(values));
  const paper = { ref: refOf(ref), values: said, parents, subject: issuer, from: 0, until: 0, seed: ref.leaf };
  return lotEvents({ ...home, root: ref.leaf, papers: [paper] }, () => standing, issued)[0] as LotEvent;
}

const certificateOf = ({ accredited, issued, ...told }: ToldCertificate): Certificate => ({
  ...told,
  ref: refOf(told),
  accredited_s: accredited,
  issued_s: issued,
});

export const textOf = ({ n, d }: Fraction): string => (d === 1n ? `${n}` : `${n}/${d}`);

function lotFound(story: Story, lot: string, certificates: readonly Certificate[]) {
  const [own, ...others] = recall(story, lot);
  return {
    bears: labelDoubts(story, lot, certificates).length === 0,
    unit: own?.unit,
    reaches: others.map((it) => it.lot),
    at: own?.at.map(([place, quantity]) => {
      const { state, who } = partsOf(place);
      return [state, who, textOf(quantity)];
    }),
  };
}

/** The events of a world, and what they tell together. */
export function followed({ events, keys }: World): { read: LotEvent[]; story: Story } {
  const read = events.map(eventOf);
  const signers = new Map(Object.entries(keys).map(([issuer, key]) => [issuer.toLowerCase(), key] as const));
  return { read, story: follow(read, signers) };
}

/** What both implementations must find. */
export function judged(world: World) {
  const { read, story } = followed(world);
  const given = world.certificates.map(certificateOf);
  return {
    findings: story.findings.map(({ doubt, about, event }) => ({
      doubt,
      about,
      place: event && read.indexOf(event),
    })),
    lots: Object.fromEntries(story.lots.map((lot) => [lot, lotFound(story, lot, given)])),
  };
}

/** What people call what is told of. */
export const namesOf = (world: World): Record<string, string> => Object.fromEntries(namesIn(followed(world).story));

const wordOf = (name: string): Hex => toHex(keccak(utf8(name)));
const ISSUERS = [1, 2].map((it): Hex => `0x${String(it).repeat(40)}`);
const HOLDERS = ["https://id.gs1.org/417/3012345000015", "did:web:cantine.example"];
const LOTS = ["01/03012345000018/10/L1", "01/03012345000018/10/L-1", "01/03012345000025/21/7", "00/130123450000000017"];
const NAMES = [...LOTS.map((it) => `https://id.gs1.org/${it}`), "urn:uuid:lait", "urn:uuid:la%C3%AFt"];
const QUANTITIES = ["0.00000000000001", "999999999999999", "3", "0.25", "1000"];
const UNITS = ["KGM", "KGM", "KGM", "KGM", "KGM", "KGM", "KGM", "ONZ", "MTQ", "MLT", "PCE", "DZN", "MTR", "X4"];

/** Numbers that look drawn at random, the same each time. */
function* drawing(seed: number): Generator<number, never> {
  for (let state = BigInt(seed) + 1n; ;) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & (2n ** 64n - 1n);
    yield Number(state >> 33n);
  }
}

/** A world of some events that seldom add up. */
export function drawn(seed: number, count: number): World {
  const numbers = drawing(seed);
  const draw = (below: number): number => numbers.next().value % below;
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
  const lines = (of: readonly string[] = NAMES): string => {
    const names = new Set(Array.from({ length: 1 + draw(3) }, () => pick(of)));
    return [...names].map((name) => `${name}\t${pick(QUANTITIES)}\t${pick(UNITS)}`).join("\n");
  };
  const valuesOf = (place: number, holder: number): Record<string, string> => {
    const own = draw(8) ? NAMES.filter((_, at) => at % 2 === holder) : NAMES;
    const kind: EventKind = draw(2) ? pick(["commission", "transform"]) : pick(KINDS);
    const isMade = kind === "commission" || kind === "transform";
    return {
      event: wordOf(`${seed} ${draw(9) ? place : 0}`),
      kind,
      at_ms: String(draw(5) * 1000 + (draw(9) ? 0 : 2_000_000)),
      holder: HOLDERS[holder] as string,
      ...((kind === "ship" || kind === "receive") && draw(3) ? { partner: pick(HOLDERS) } : {}),
      ...(kind === "pack" || kind === "unpack" ? { container: NAMES[3] as string } : {}),
      ...(kind === "commission" || (kind === "unpack" && draw(2)) ? {} : { inputs: lines() }),
      ...(isMade ? { outputs: lines(own) } : {}),
      ...(kind === "transform" && draw(2) ? { yields: `KGM\tMLT\t0.0011\nLBR\tPCE\t12` } : {}),
    };
  };
  const events: Told[] = [];
  for (let place = 0; place < count; place++) {
    const issuer = draw(2);
    const ref = {
      schema: 1,
      issuer: ISSUERS[issuer] as Hex,
      number: place,
      leaf: wordOf(`leaf ${seed} ${place}`),
    };
    const parents = events.filter(() => draw(4) === 0).map(refOf);
    const standing = draw(7) ? "stands" : pick<Standing>(["revoked", "disowned", "unsealed", "stranger"]);
    const again = place && draw(9) === 0 ? events[place - 1] : undefined;
    const values = again?.values ?? valuesOf(place, draw(9) ? issuer : 1 - issuer);
    const issued = draw(9) ? 4 + draw(3) : draw(2) * 40 * 86_400;
    events.push({ ...ref, ...(again && { issuer: again.issuer }), values, parents, standing, issued });
  }
  const keys = Object.fromEntries(ISSUERS.map((issuer) => [issuer, pick(ISSUERS)]));
  return { events, keys, certificates: ISSUERS.flatMap((maker) => certificatesDrawn(maker, draw)) };
}

function certificatesDrawn(maker: Hex, draw: (below: number) => number): ToldCertificate[] {
  const products = ["https://id.gs1.org/01/03012345000018", "https://id.gs1.org/01/03012345000025", "urn:uuid:lait"];
  return products.map((product, number) => ({
    schema: 2,
    issuer: ISSUERS[0] as Hex,
    number,
    leaf: wordOf(product),
    maker,
    product,
    from: draw(3),
    until: draw(2) ? 0 : 3 + draw(3),
    standing: draw(6) ? "stands" : "revoked",
    accredited: draw(4) ? 2 ** 39 : 2,
    issued: draw(3) ? 0 : 5,
  }));
}
