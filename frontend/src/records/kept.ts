/** The papers that this browser keeps, and nobody else: each as its file. */
import { computed } from "@preact/signals";
import { addressOf } from "../chain/client";
import { keptSignal } from "../store/local";
import { listOf, text } from "../store/schema";
import { theTown } from "../town/folder";
import { PaperError } from "./paper/faults";
import { paperText, readPaper } from "./paper/files";
import { type Home, type OwnPaper, paperKey } from "./paper/paper";

const files = keptSignal<readonly string[]>("papers", listOf(text), []);

function soundPaper(file: string): OwnPaper[] {
  try {
    return [readPaper(file)];
  } catch (error) {
    if (error instanceof PaperError) return [];
    throw error;
  }
}

/** Whether something is of this town's contract. */
export const isOfThisTown = ({ chain, contract }: Home): boolean =>
  chain === theTown().chainId && contract.toLowerCase() === addressOf("Attestations")?.toLowerCase();

/** @throws PaperError where it is of another town */
export function requireThisTown<T extends Home>(it: T): T {
  if (!isOfThisTown(it)) throw new PaperError({ kind: "otherTown" });
  return it;
}

/** Those of this town; what is damaged, or of another, is left. */
export const papersKept = computed(() => files.value.flatMap(soundPaper).filter(isOfThisTown));

export const paperOf = (key: string): OwnPaper | undefined => papersKept.value.find((it) => paperKey(it) === key);

/** Keeps a paper, once. @throws PaperError where it is none, or another town's */
export function keepPaper(file: string): OwnPaper {
  const own = requireThisTown(readPaper(file));
  files.value = [...files.peek().filter((other) => !isSame(other, own)), paperText(own)];
  return own;
}

export function forgetPaper(own: OwnPaper): void {
  files.value = files.peek().filter((other) => !isSame(other, own));
}

const isSame = (file: string, own: OwnPaper): boolean => soundPaper(file).some((it) => paperKey(it) === paperKey(own));
