/** What a file is: which version, whose, the latest or not; a row that is shown; or none, told by what it is like. */
import type { Progress } from "../../labour";
import { townFile } from "../../town/folder";
import { seriesKey } from "../chain/standing";
import type { RowsDifference } from "./csvrows";
import { type History, refKey } from "./history";
import type { Fingerprint, FoundRows } from "./jobs";
import { labour } from "./labour";
import type { ReadData, Sealed } from "./read";
import { type ShownReading, type ShownRow, readShown } from "./shown";
import { type Version, placeOf } from "./version";

/** A version that a file is, with what stands of it. */
export interface FoundVersion {
  history: History;
  version: Version;
  sealed: Sealed;
  isBack: boolean;
  /** Whether a paper of its series that came after it is not shown: it may be a later version. */
  isLaterHidden: boolean;
}

export type Likeness =
  | { kind: "sameRows"; version: Version; hasBom: boolean; hasCrLf: boolean }
  | { kind: "reordered"; version: Version }
  | { kind: "near"; version: Version; how: RowsDifference };

export type DataVerdict =
  | { kind: "version"; file: File; found: FoundVersion }
  | { kind: "row"; shown: ShownRow; found: FoundVersion | null }
  | { kind: "reading"; shown: ShownReading; sealed: Sealed | null; isBack: boolean }
  | { kind: "none"; print: Fingerprint; like: readonly Likeness[] };

/** What is shown alone is some thousand bytes. */
const MOST_SHOWN_BYTES = 2 ** 22;
/** Of files that are compared row by row. */
const MOST_COMPARED_BYTES = 2 ** 24;
/** Of files of which rows are made. */
const MOST_ROWS_BYTES = 2 ** 28;

/** @throws PaperError where it is a row or a reading that does not stand */
export async function verdictOf(file: File, data: ReadData, progress: Progress): Promise<DataVerdict> {
  const print = await labour("fingerprint", { file }, progress);
  const all = data.histories.flatMap((history) => history.versions.map((version) => ({ history, version })));
  const same = all.filter(({ version }) => version.sha256 === print.sha256).map((it) => stated(it, data));
  const [found] = same.sort((a, b) => rank(a) - rank(b));
  if (found) return { kind: "version", file, found };
  const shown = file.size <= MOST_SHOWN_BYTES ? await readShown(await file.text()) : null;
  if (shown?.kind === "row") {
    const its = all.find(({ version }) => refKey(version.ref) === refKey(shown.version.ref));
    return { kind: "row", shown, found: its ? stated(its, data) : null };
  }
  if (shown?.kind === "reading") {
    const key = refKey(shown.paper.paper.ref);
    const sealed = data.sealed.find(({ batch }) => batch.papers.some(({ ref }) => refKey(ref) === key)) ?? null;
    return { kind: "reading", shown, sealed, isBack: data.takenBack.has(key) };
  }
  const isCsv = file.size > 0 && file.size <= MOST_ROWS_BYTES && /\.(csv|txt|tsv)$/i.test(file.name);
  const rows = isCsv ? await labour("rows", { file }) : null;
  return { kind: "none", print, like: rows ? await likenesses(file, rows, data.histories) : [] };
}

function stated(
  { history, version }: { history: History; version: Version },
  { sealed, takenBack, unshown }: ReadData,
): FoundVersion {
  const its = sealed.find(({ batch }) => batch.papers.some(({ ref }) => refKey(ref) === refKey(version.ref)));
  const isBack = takenBack.has(refKey(version.ref));
  const isLaterHidden = unshown.some((it) => seriesKey(it) === seriesKey(version.ref) && it.last > version.ref.number);
  return { history, version, sealed: its as Sealed, isBack, isLaterHidden };
}

/** Of versions with one file: the town's first, of them the latest, then those that hold. */
const rank = ({ history, version, sealed, isBack }: FoundVersion): number =>
  (sealed.isTowns === false ? 4 : 0) + (history.head === version ? 0 : 2) + (isBack ? 1 : 0);

async function likenesses(file: File, rows: FoundRows, known: readonly History[]): Promise<Likeness[]> {
  const found = await Promise.all(known.map((history) => likeness(file, rows, history.versions.toReversed())));
  return found.filter((it) => it !== null);
}

async function likeness(file: File, rows: FoundRows, latestFirst: readonly Version[]): Promise<Likeness | null> {
  const same = latestFirst.find((it) => it.rows?.root === rows.root);
  if (same) return { kind: "sameRows", version: same, hasBom: rows.hasBom, hasCrLf: rows.hasCrLf };
  const reordered = latestFirst.find((it) => it.rows?.unordered === rows.unordered);
  if (reordered) return { kind: "reordered", version: reordered };
  if (file.size > MOST_COMPARED_BYTES) return null;
  const small = latestFirst.filter((it) => it.rows !== null && it.size_bytes <= MOST_COMPARED_BYTES);
  const texts = await Promise.all(small.map((it) => townFile(placeOf(it)).catch(() => null)));
  // The site may have swapped its file: only one that has the root on paper is worth comparing with.
  const others = small.map((it, at) => ({ text: texts[at] ?? "", root: it.rows?.root ?? "0x" }) as const);
  const differences = await labour("compare", { file, others });
  const near = small.flatMap((version, place): Extract<Likeness, { kind: "near" }>[] => {
    const how = differences[place];
    return how ? [{ kind: "near", version, how }] : [];
  });
  const size = ({ how }: { how: RowsDifference }): number => how.changed + how.added + how.missing;
  return near.sort((a, b) => size(a) - size(b))[0] ?? null;
}
