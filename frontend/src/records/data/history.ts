/** The versions of each data set in their order, with one head: what Python's `history` finds, in kinds. */
import type { Hex } from "../../vote/ballot/bytes";
import type { PaperRef } from "../paper/paper";
import type { Version } from "./version";

export type HistoryProblem =
  | { kind: "noParent"; name: string; first: string } // a version that names none before it, and is not the first
  | { kind: "manyParents"; name: string; count: number }
  | { kind: "gap"; name: string; number: number } // it rests on a paper that is published nowhere
  | { kind: "otherParent"; name: string; parent: string; identifier: string; issuer: Hex }
  | { kind: "laterParent"; name: string; parent: string }
  | { kind: "sameName"; name: string; count: number }
  | { kind: "fork"; name: string; after: readonly string[] }
  | { kind: "heads"; names: readonly string[] }
  | { kind: "noHead" }
  | { kind: "claimed"; count: number }; // by several publishers

/** A data set by its versions. */
export interface History {
  identifier: string;
  schema: number;
  issuer: Hex;
  /** In the order of their numbers. */
  versions: readonly Version[];
  /** The leaves of those that were revoked or disowned. */
  takenBack: ReadonlySet<string>;
  /** The latest; null where there is none, or several could be. */
  head: Version | null;
  problems: readonly HistoryProblem[];
}

export const refKey = ({ schema, issuer, number, leaf }: PaperRef): string =>
  `${schema}:${issuer.toLowerCase()}:${number}:${leaf.toLowerCase()}`;
const seriesOf = ({ identifier, ref }: Version): string => `${identifier}:${ref.schema}:${ref.issuer.toLowerCase()}`;

/** `takenBack` has the keys of papers that were revoked or disowned. */
export function histories(versions: readonly Version[], takenBack: ReadonlySet<string> = new Set()): History[] {
  const groups = new Map<string, Version[]>();
  for (const version of [...versions].sort((a, b) => a.ref.number - b.ref.number)) {
    groups.set(seriesOf(version), [...(groups.get(seriesOf(version)) ?? []), version]);
  }
  const known = new Map(versions.map((it) => [refKey(it.ref), it] as const));
  const all = [...groups.values()];
  return all.map((own) => {
    const claimed = all.filter(([it]) => it?.identifier === own[0]?.identifier).length;
    return historyOf(own as [Version, ...Version[]], known, takenBack, claimed);
  });
}

function historyOf(
  own: [Version, ...Version[]],
  known: ReadonlyMap<string, Version>,
  back: ReadonlySet<string>,
  claimed: number,
): History {
  const [first] = own;
  const following = new Map<string, Version[]>();
  for (const version of own) {
    for (const parent of version.parents.filter(({ number }) => number < version.ref.number)) {
      following.set(refKey(parent), [...(following.get(refKey(parent)) ?? []), version]);
    }
  }
  const live = new Set<string>();
  const liveAfter = ({ ref }: Version): Version[] =>
    (following.get(refKey(ref)) ?? []).filter((it) => live.has(refKey(it.ref)));
  for (const version of own.toReversed()) {
    if (!back.has(refKey(version.ref)) || liveAfter(version).length > 0) live.add(refKey(version.ref));
  }
  const alive = own.filter(({ ref }) => live.has(refKey(ref)));
  const heads = alive.filter((it) => liveAfter(it).length === 0);
  const names = alive.map(({ name }) => name);
  const problems: HistoryProblem[] = [
    ...own.flatMap((it) => unfounded(it, first, known)),
    ...[...new Set(names)].flatMap((name): HistoryProblem[] => {
      const count = names.filter((it) => it === name).length;
      return count > 1 ? [{ kind: "sameName", name, count }] : [];
    }),
    ...own.flatMap((it): HistoryProblem[] => {
      const after = liveAfter(it).map(({ name }) => name);
      return after.length > 1 ? [{ kind: "fork", name: it.name, after }] : [];
    }),
  ];
  if (heads.length > 1) problems.push({ kind: "heads", names: heads.map(({ name }) => name) });
  if (heads.length === 0) problems.push({ kind: "noHead" });
  if (claimed > 1) problems.push({ kind: "claimed", count: claimed });
  return {
    identifier: first.identifier,
    schema: first.ref.schema,
    issuer: first.ref.issuer,
    versions: own,
    takenBack: back,
    head: heads.length === 1 ? (heads[0] ?? null) : null,
    problems,
  };
}

function unfounded(version: Version, first: Version, known: ReadonlyMap<string, Version>): HistoryProblem[] {
  const { name, parents, ref } = version;
  const found: HistoryProblem[] = [];
  if (parents.length === 0 && version !== first) found.push({ kind: "noParent", name, first: first.name });
  if (parents.length > 1) found.push({ kind: "manyParents", name, count: parents.length });
  for (const parent of parents) {
    const before = known.get(refKey(parent));
    if (!before) found.push({ kind: "gap", name, number: parent.number });
    else if (seriesOf(before) !== seriesOf(version)) {
      found.push({
        kind: "otherParent",
        name,
        parent: before.name,
        identifier: before.identifier,
        issuer: parent.issuer,
      });
    } else if (parent.number >= ref.number) found.push({ kind: "laterParent", name, parent: before.name });
  }
  return found;
}
