import { head, now_s } from "../chain/head";

/**
 * Unix seconds, with a node or without: the chain's clock where it answers, else the later of ours and of the last
 * block that was seen.
 */
export async function clock_s(): Promise<number> {
  const ours = Math.floor(Date.now() / 1000);
  try {
    return Number(await now_s());
  } catch {
    return Math.max(ours, head.peek()?.timestamp_s ?? 0);
  }
}
