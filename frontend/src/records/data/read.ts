/** What the site publishes as open data, compared with the chain, or with what the site tells where no node answers. */
import { array, literal, object, safeParse, string } from "valibot";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { attestationsAbi } from "../../generated/Attestations";
import { townFile, townJson } from "../../town/folder";
import { TownError } from "../../town/town";
import type { Hex } from "../../vote/ballot/bytes";
import { type BatchNow, batchesNow, numbersIn, seriesKey } from "../chain/standing";
import { isOfThisTown } from "../kept";
import { type Next, ownByList, ownByNode } from "../own";
import { isSameSchema } from "../paper/definition";
import { PaperError, type PaperFault } from "../paper/faults";
import { account, whole } from "../paper/files";
import { type OpenBatch, type OpenPaper, readOpen } from "../paper/openbatch";
import { listedNow, published } from "../published";
import { type CatalogueProblem, type Listed, catalogueProblems, listedIn } from "./catalogue";
import { DAY } from "./day";
import { type History, histories, refKey } from "./history";
import { VERSION, type Version, versionsOf } from "./version";

/** A batch that stands on the chain, and since when. */
export interface Sealed {
  batch: OpenBatch;
  /** Unix seconds; null where only the site tells. */
  issuedAt_s: number | null;
  /** Whether an office of the town opened its schema; null where no node says so. */
  isTowns: boolean | null;
}

export interface ReadData {
  catalogue: readonly Listed[];
  histories: readonly History[];
  days: readonly SensorsDay[];
  sealed: readonly Sealed[];
  /** The keys of papers that were revoked or disowned. */
  takenBack: ReadonlySet<string>;
  problems: readonly CatalogueProblem[];
  /** Files that are none, each with why. */
  unreadable: readonly { path: string; fault: PaperFault }[];
  /** Files whose batches are not on the chain: changed, or never issued. */
  unsealed: readonly string[];
  /** Papers that stand on the chain in these series, and in others of the town, and that the site does not show. */
  unshown: readonly Unshown[];
  /** Null where a node was asked; else the unix seconds as of which the site tells. */
  asOf_s: number | null;
}

interface SensorsDay {
  paper: OpenPaper;
  isBack: boolean;
  isTowns: boolean | null;
  /** Told by another paper too: the difference may be one person's. */
  isRepeated: boolean;
}

const dayKey = ({ values }: OpenPaper): string =>
  ["sensors", "day", "quantity"]
    .map((name) => (values.get(name) ?? "").normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " "))
    .join("\n");

/** What a series has beside what is shown. */
interface Unshown {
  schema: number;
  issuer: Hex;
  count: number;
  /** The last number of them. */
  last: number;
}

const KINDS = [VERSION, DAY];
const INDEX = object({
  format: literal("beffroi-data-1"),
  chain: whole,
  contract: account,
  batches: array(string()),
});

interface Read {
  path: string;
  batch: OpenBatch;
}

/** Null where the town publishes no data. */
export async function readData(): Promise<ReadData | null> {
  const value = await townJson("data/index.json");
  if (value === null) return null;
  const index = safeParse(INDEX, value);
  if (!index.success) throw new TownError("invalid", "town/data/index.json");
  if (!isOfThisTown(index.output)) return null;
  const found = await Promise.all([...new Set(index.output.batches)].map((place) => readBatch(`data/${place}`)));
  const files = onceEach(found.filter((it): it is Read => "batch" in it));
  const catalogue = await townJson("data/catalogue.jsonld").catch(() => null);
  const { states, asOf_s } = await statesOf(files.map(({ batch }) => batch));
  const own = asOf_s === null ? await ownByNode(KINDS) : await ownByList(KINDS);
  const stated = files.map((it, place) => ({ ...it, now: states[place] as BatchNow }));
  const isThere = ({ batch, now }: { batch: OpenBatch; now: BatchNow }): boolean =>
    now.isIssued && now.definition !== null && isSameSchema(now.definition, batch.definition);
  const there = stated.filter(isThere);
  const takenBack = new Set(
    there.flatMap(({ batch, now }) =>
      batch.papers.filter(({ ref }) => now.series?.back.has(ref.number)).map(({ ref }) => refKey(ref)),
    ),
  );
  const versions: Version[] = [];
  const unreadable = found.filter((it) => "fault" in it);
  for (const { batch, path } of there.filter((it) => isSameSchema(it.batch.definition, VERSION))) {
    try {
      versions.push(...versionsOf(batch));
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      unreadable.push({ path, fault: error.fault });
    }
  }
  const known = histories(versions, takenBack);
  const isTowns = ({ schema }: { schema: number }): boolean => asOf_s !== null || own.schemas.has(schema);
  const days = there.filter((it) => isSameSchema(it.batch.definition, DAY)).flatMap(({ batch }) => batch.papers);
  const issued = asOf_s === null ? await Promise.all(there.map(({ batch }) => issuedAt(batch))) : [];
  return {
    catalogue: listedIn(catalogue),
    histories: known,
    days: days.map((paper) => ({
      paper,
      isBack: takenBack.has(refKey(paper.ref)),
      isTowns: asOf_s === null ? own.schemas.has(paper.ref.schema) : null,
      isRepeated: days.filter((it) => dayKey(it) === dayKey(paper)).length > 1,
    })),
    sealed: there.map(({ batch }, place) => ({
      batch,
      issuedAt_s: issued[place] ?? null,
      isTowns: asOf_s === null ? own.schemas.has(batch.schema) : null,
    })),
    takenBack,
    problems: catalogueProblems(catalogue, known.filter(isTowns), index.output, placesOf(there)),
    unreadable,
    unsealed: stated.filter((it) => !isThere(it)).map(({ path }) => path),
    unshown: unshownOf(there, own.series),
    asOf_s,
  };
}

async function readBatch(path: string): Promise<Read | { path: string; fault: PaperFault }> {
  try {
    const batch = readOpen((await townFile(path)) ?? "");
    if (!isOfThisTown(batch)) throw new PaperError({ kind: "otherTown" });
    return { path, batch };
  } catch (error) {
    if (error instanceof PaperError) return { path, fault: error.fault };
    throw error;
  }
}

/** By a node; where none answers, by what the town published. */
async function statesOf(batches: readonly OpenBatch[]): Promise<{ states: BatchNow[]; asOf_s: number | null }> {
  const asked = await batchesNow(batches).catch(() => null);
  if (asked) return { states: asked, asOf_s: null };
  const all = await published();
  return { states: await listedNow(all ?? { schemas: [], series: [] }, batches), asOf_s: all?.at ?? 0 };
}

async function issuedAt({ schema, issuer, root }: OpenBatch): Promise<number> {
  const call = { functionName: "batchOf", args: [BigInt(schema), issuer, root] } as const;
  return Number((await readContract(chain(), { ...at("Attestations", attestationsAbi), ...call })).issuedAt);
}

function unshownOf(there: readonly (Read & { now: BatchNow })[], own: readonly Next[]): Unshown[] {
  const shown = numbersIn(there.map(({ batch }) => batch));
  const stated = there.flatMap(({ now }) => (now.series ? [now.series] : []));
  const all = new Map([...own, ...stated].map((it) => [seriesKey(it), it] as const));
  return [...all].flatMap(([key, { schema, issuer, next }]) => {
    const numbers = new Set(shown.get(key)?.numbers);
    const count = next - numbers.size;
    if (count <= 0) return [];
    let last = next - 1;
    while (numbers.has(last)) last--;
    return [{ schema, issuer, count, last }];
  });
}

/** A batch that is listed twice is one. */
const onceEach = (files: readonly Read[]): Read[] => [
  ...new Map(files.map((it) => [`${seriesKey(it.batch)}:${it.batch.root}`, it] as const)).values(),
];

/** Where the site has each paper's batch, below its folder of data. */
const placesOf = (files: readonly Read[]): ReadonlyMap<string, string> =>
  new Map(
    files.flatMap(({ batch, path }) =>
      batch.papers.map(({ ref }) => [refKey(ref), path.replace(/^data\//, "")] as const),
    ),
  );
