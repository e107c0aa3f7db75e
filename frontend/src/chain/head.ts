import { signal } from "@preact/signals";
import { getBlock } from "viem/actions";
import { LOCAL_CHAIN_ID } from "../town/town";
import { theTown } from "../town/folder";
import { chain, checkChain, isRightChain } from "./client";

/** The last block that the node knows; views read again when its number changes. */
export const head = signal<{ number: bigint; timestamp_s: number } | null>(null);

const CALM_MS = 4_000;
const QUICK_MS = 500;

let hurried = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

async function look(): Promise<void> {
  try {
    const block = await getBlock(chain());
    if (isRightChain.peek() === null) await checkChain();
    if (head.peek()?.number !== block.number)
      head.value = { number: block.number, timestamp_s: Number(block.timestamp) };
  } catch {
    // `online` tells it; the next look may succeed.
  }
  const isQuick = hurried > 0 || theTown().chainId === LOCAL_CHAIN_ID;
  const pause_ms = document.hidden ? CALM_MS * 4 : isQuick ? QUICK_MS : CALM_MS;
  timer = setTimeout(() => void look(), pause_ms);
}

/** Begins to follow the chain, and goes on for as long as the page is open. */
export function followHead(): void {
  void look();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    clearTimeout(timer);
    void look();
  });
}

/** Looks twice a second until the returned function is called: a till waits for its money. */
export function hurry(): () => void {
  hurried += 1;
  clearTimeout(timer);
  void look();
  let isOver = false;
  return () => {
    if (!isOver) hurried -= 1;
    isOver = true;
  };
}

/**
 * The chain's own clock, in unix seconds: what a contract would see now. Ours may be wrong, or a demo's chain months
 * ahead.
 * A node without a pending block answers with its last one, which may be old: ours then counts where it is later.
 */
export async function now_s(): Promise<bigint> {
  const { timestamp } = await getBlock(chain(), { blockTag: "pending" }).catch(() => getBlock(chain()));
  const ours = BigInt(Math.floor(Date.now() / 1000));
  return timestamp > ours ? timestamp : ours;
}
