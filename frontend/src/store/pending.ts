import { signal } from "@preact/signals";
import type { Address, Hex } from "viem";
import { object } from "valibot";
import { keptSignal } from "./local";
import { address, hex, listOf, text } from "./schema";

/** A slip that was handed to the post office, until its end was seen: a page may be closed before. */
export interface PendingSlip {
  id: Hex;
  account: Address;
  /** The act, as the signing screen told it. */
  title: string;
}

const MOST = 50;

const SLIP = object({ id: hex, account: address, title: text });

export const pendingSlips = keptSignal<readonly PendingSlip[]>("pending", listOf(SLIP), []);

/** Those that a view is following right now, and tells of itself. */
export const followedSlips = signal<ReadonlySet<Hex>>(new Set());

export function followSlip(id: Hex, isFollowed: boolean): void {
  const others = [...followedSlips.peek()].filter((other) => other !== id);
  followedSlips.value = new Set(isFollowed ? [...others, id] : others);
}

export function rememberSlip(slip: PendingSlip): void {
  const others = pendingSlips.peek().filter(({ id }) => id !== slip.id);
  pendingSlips.value = [...others, slip].slice(-MOST);
}

export function forgetSlip(id: Hex): void {
  pendingSlips.value = pendingSlips.peek().filter((slip) => slip.id !== id);
}
