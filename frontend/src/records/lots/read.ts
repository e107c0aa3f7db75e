/** The lots that the site shows: its files, what the chain says of each, and what they tell together. */
import { type InferOutput, array, literal, object, safeParse, string } from "valibot";
import type { Hex } from "../../vote/ballot/bytes";
import { inSlices } from "../../slices";
import { townFile, townJson } from "../../town/folder";
import { TownError } from "../../town/town";
import { officers } from "../chain/offices";
import { type BatchNow, batchesNow, numbersIn, seriesKey } from "../chain/standing";
import { isOfThisTown } from "../kept";
import { type Next, ownByList, ownByNode } from "../own";
import { isSameSchema } from "../paper/definition";
import { type PaperFault, PaperError } from "../paper/faults";
import { account, whole } from "../paper/files";
import { type OpenBatch, readingOpen } from "../paper/openbatch";
import type { PaperRef } from "../paper/paper";
import { listedNow, published } from "../published";
import { LOT_EVENT, type Standing, lotEvents } from "./event";
import { type Keys, following } from "./following";
import { type Certificate, certificatesOf } from "./labels";
import { type Names, namesIn } from "./names";
import type { Story } from "./story";

/** A label, with the certificates that the site shows. */
export interface Label {
  schema: number;
  name: string;
  /** The body that stands behind it: who opened its schema. */
  body: Hex | null;
  /** Whether that body holds an office of the town; null where no node says so. */
  isTowns: boolean | null;
  /** Who signs for its certifiers, by issuer in small letters. */
  keys: Keys;
  certificates: readonly Certificate[];
}

/** Papers that were issued in a series of events of the town's and that the site does not show. */
interface Unshown {
  schema: number;
  issuer: Hex;
  count: number;
}

export interface ReadLots {
  story: Story;
  labels: readonly Label[];
  names: Names;
  /** Who signs for those who tell, by issuer in small letters. */
  keys: Keys;
  /** Files that are none, each with why. */
  unreadable: readonly { path: string; fault: PaperFault }[];
  /** Files whose batches are not on the chain: changed, or never issued. */
  unsealed: readonly { path: string; count: number }[];
  /** Files of a schema that no office of the town opened. */
  strange: readonly { path: string; count: number }[];
  unshown: readonly Unshown[];
  /** Null where a node was asked; else the unix seconds as of which the site tells. */
  asOf_s: number | null;
}

const FILE = object({ file: string() });
const LOTS = object({
  format: literal("beffroi-lots-1"),
  chain: whole,
  contract: account,
  events: array(FILE),
  labels: array(FILE),
});

interface Read {
  path: string;
  batch: OpenBatch;
  isLabel: boolean;
}

type Unreadable = ReadLots["unreadable"][number];

/** What the site lists; null where it lists no lots of this town. */
async function listed(): Promise<InferOutput<typeof LOTS> | null> {
  const value = await townJson("lots.json");
  if (value === null) return null;
  const index = safeParse(LOTS, value);
  if (!index.success) throw new TownError("invalid", "town/lots.json");
  return isOfThisTown(index.output) ? index.output : null;
}

/** Null where the site lists no lots, and the town has none. */
export async function readLots(): Promise<ReadLots | null> {
  const index = await listed();
  const { events, labels } = index ?? { events: [], labels: [] };
  const found = await Promise.all([
    ...events.map(({ file }) => readFile(file, false)),
    ...labels.map(({ file }) => readFile(file, true)),
  ]);
  const files = found.filter((it): it is Read => "batch" in it);
  const { states, asOf_s } = await statesOf(files.map(({ batch }) => batch));
  const towns = asOf_s === null ? await townsAmong(states) : states.map(() => null);
  const lots = await told(
    files.map((read, place) => ({ ...read, now: states[place] as BatchNow, isTowns: towns[place] ?? null })),
    found.filter((it): it is Unreadable => "fault" in it),
    asOf_s,
  );
  return index || lots.unshown.length > 0 ? lots : null;
}

const known = new Map<string, OpenBatch>();

/** A file of the town's; the same text is read once. */
async function readFile(path: string, isLabel: boolean): Promise<Read | Unreadable> {
  const text = (await townFile(path)) ?? "";
  try {
    const batch = known.get(text) ?? (await inSlices(readingOpen(text)));
    known.set(text, batch);
    if (!isOfThisTown(batch)) throw new PaperError({ kind: "otherTown" });
    return { path, batch, isLabel };
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
  const states = await listedNow(all ?? { schemas: [], series: [] }, batches);
  return { states, asOf_s: all?.at ?? 0 };
}

/** Whether who opened the schema of each holds an office of the town, as a node tells. */
async function townsAmong(states: readonly BatchNow[]): Promise<boolean[]> {
  const holding = await officers(states.flatMap(({ accreditor }) => (accreditor ? [accreditor] : [])));
  return states.map(({ accreditor }) => holding.has(accreditor?.toLowerCase() ?? ""));
}

type Stated = Read & { now: BatchNow; isTowns: boolean | null };

const isSealed = ({ batch, now }: Stated): boolean =>
  now.isIssued && now.definition !== null && isSameSchema(now.definition, batch.definition);

function standingIn(read: Stated): (ref: PaperRef) => Standing {
  if (!isSealed(read)) return () => "unsealed";
  if (read.isTowns === false) return () => "stranger";
  return ({ number }) => read.now.series?.back.get(number) ?? "stands";
}

async function told(
  files: readonly Stated[],
  unreadable: readonly Unreadable[],
  asOf_s: number | null,
): Promise<ReadLots> {
  const wrong = [...unreadable];
  const readable = <T>(read: Stated, use: () => T[]): T[] => {
    try {
      return use();
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      wrong.push({ path: read.path, fault: error.fault });
      return [];
    }
  };
  const own = asOf_s === null ? await ownByNode([LOT_EVENT]) : await ownByList([LOT_EVENT]);
  const ofEvents = files.filter(({ isLabel }) => !isLabel);
  const events = ofEvents.flatMap((it) => readable(it, () => lotEvents(it.batch, standingIn(it), it.now.issued_s)));
  const labels = labelsIn(files, (it) => readable(it, () => certificatesIn(it)));
  const keys = keysOf(ofEvents);
  const story = await inSlices(following(events, keys));
  return {
    story,
    labels,
    names: namesIn(story),
    keys,
    unreadable: wrong,
    unsealed: files.filter((it) => !isSealed(it)).map(counted),
    strange: files.filter((it) => isSealed(it) && it.isTowns === false).map(counted),
    unshown: unshownBeside(ofEvents, own.series),
    asOf_s,
  };
}

const counted = ({ path, batch }: Stated) => ({ path, count: batch.papers.length });

const keysOf = (files: readonly Stated[]): Map<string, Hex> =>
  new Map(files.flatMap(({ now: { series } }) => (series ? [[series.issuer.toLowerCase(), series.key] as const] : [])));

function certificatesIn(read: Stated): Certificate[] {
  const standingOf = standingIn(read);
  const accredited_s = read.now.series?.until_s ?? 0;
  return certificatesOf(read.batch, (ref) => ({
    standing: standingOf(ref),
    accredited_s,
    issued_s: read.now.issued_s,
  }));
}

function labelsIn(files: readonly Stated[], certified: (read: Stated) => Certificate[]): Label[] {
  const labels = new Map<number, Label & { certificates: Certificate[] }>();
  for (const read of files) {
    if (!read.isLabel) continue;
    const certificates = certified(read);
    const { definition, accreditor: body } = read.now;
    const { schema } = read.batch;
    const own = labels.get(schema);
    const keys = keysOf(files.filter((it) => it.batch.schema === schema));
    const { isTowns } = read;
    if (own) own.certificates.push(...certificates);
    else if (definition) labels.set(schema, { schema, name: definition.name, body, isTowns, keys, certificates });
  }
  return [...labels.values()];
}

/** What was issued in the town's series of events beside what the site shows, be anything of a series shown or not. */
function unshownBeside(files: readonly Stated[], own: readonly Next[]): Unshown[] {
  const shown = numbersIn(files.filter(isSealed).map(({ batch }) => batch));
  return own.flatMap((it) => {
    const count = it.next - new Set(shown.get(seriesKey(it))?.numbers).size;
    return count > 0 ? [{ schema: it.schema, issuer: it.issuer, count }] : [];
  });
}
