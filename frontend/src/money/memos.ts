import { record, string } from "valibot";
import type { Hex } from "viem";
import { keep, kept } from "../store/local";

const MOST = 500;

const memos = (): Readonly<Record<string, string>> => kept("memos", record(string(), string()), {});

/** What a reference stood for, as this browser remembers: the chain has its fingerprint alone. */
export const memoOf = (reference: Hex): string | undefined => memos()[reference];

/** Remembers what a reference stands for; the oldest are forgotten. */
export function rememberMemo(reference: Hex, memo: string): void {
  if (memo === "") return;
  const others = Object.entries(memos()).filter(([hash]) => hash !== reference);
  keep("memos", Object.fromEntries([...others, [reference, memo]].slice(-MOST)));
}
