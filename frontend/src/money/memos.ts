import type { Hex } from "viem";
import { keep, kept } from "../store/local";

const MOST = 500;

/** What a reference stood for, as this browser remembers: the chain has its fingerprint alone. */
export const memoOf = (reference: Hex): string | undefined => kept<Record<string, string>>("memos", {})[reference];

/** Remembers what a reference stands for; the oldest are forgotten. */
export function rememberMemo(reference: Hex, memo: string): void {
  if (memo === "") return;
  const others = Object.entries(kept<Record<string, string>>("memos", {})).filter(([hash]) => hash !== reference);
  keep("memos", Object.fromEntries([...others, [reference, memo]].slice(-MOST)));
}
