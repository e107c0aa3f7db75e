/** A lot and what it was made of, as a tree to be shown: what stands in it twice is opened once. */
import type { Line, LotEvent } from "./event";
import type { Story } from "./story";

export interface Branch {
  lot: string;
  /** How much of it went in; null of the lot that is shown. */
  line: Line | null;
  /** That made it. */
  events: readonly LotEvent[];
  branches: Branch[];
  /** Whether what it was made of is not shown here: it stands elsewhere in the tree, or there is too much. */
  isCut: boolean;
}

const DEEPEST = 16;
const MOST = 200;

/** Those that made a lot: where none is heard, whoever says so. */
const makersOf = (story: Story, lot: string): readonly LotEvent[] =>
  story.madeBy.get(lot) ?? story.saidBy.get(lot) ?? [];

export function treeOf(story: Story, lot: string): Branch {
  const root: Branch = { lot, line: null, events: makersOf(story, lot), branches: [], isCut: false };
  const opened = new Set([lot]);
  const toOpen: [Branch, number][] = [[root, 0]];
  for (const [branch, depth] of toOpen) {
    for (const line of branch.events.flatMap((event) => story.taken.get(event) ?? [])) {
      const events = makersOf(story, line.name);
      const child: Branch = { lot: line.name, line, events, branches: [], isCut: false };
      branch.branches.push(child);
      const isEnd = events.every((event) => !story.taken.get(event)?.length);
      const isOpened = !opened.has(line.name) && depth < DEEPEST && toOpen.length < MOST;
      child.isCut = !isEnd && !isOpened;
      if (!isOpened) continue;
      opened.add(line.name);
      toOpen.push([child, depth + 1]);
    }
  }
  return root;
}
