/** A row shown by the dApp, which Python must read: tests/vectors/open-data-typescript.json. */
import { RowTree, rowsOf } from "../../src/records/data/csvrows";
import { rowText } from "../../src/records/data/shown";
import { readOpen } from "../../src/records/paper/openbatch";
import { utf8 } from "../../src/vote/ballot/bytes";

/** A row of the first version of Python's vectors. */
export function madeRow({ batches, files }: { batches: string[]; files: { text: string }[] }, place: number): string {
  const tree = new RowTree(rowsOf(utf8(files[0]?.text ?? "")) ?? []);
  const batch = readOpen(batches[0] ?? "");
  return rowText(batch, batch.first, tree.proof(0), tree.proof(place));
}
