import { describe, expect, it } from "vitest";
import { inRanges } from "../../src/chain/ranges";

/** A node that serves at most `most` blocks at once, and each block's number as its log. */
function node(most: bigint) {
  const asked: [bigint, bigint][] = [];
  const fetchRange = async (from: bigint, to: bigint): Promise<bigint[]> => {
    asked.push([from, to]);
    if (to - from + 1n > most) throw new Error("range too wide");
    return Array.from({ length: Number(to - from + 1n) }, (_, place) => from + BigInt(place));
  };
  return { asked, fetchRange };
}

describe("inRanges", () => {
  it("asks once where the node lets it", async () => {
    const { asked, fetchRange } = node(1_000n);
    expect(await inRanges(5n, 900n, fetchRange, () => true)).toHaveLength(896);
    expect(asked).toEqual([[5n, 900n]]);
  });

  it("misses no block and reads none twice, whatever the node allows", async () => {
    for (const most of [1n, 2n, 3n, 7n, 64n, 99n]) {
      const found = await inRanges(10n, 109n, node(most).fetchRange, () => true);
      expect(found).toEqual(Array.from({ length: 100 }, (_, place) => BigInt(place + 10)));
    }
  });

  it("gives up where a single block is refused", async () => {
    await expect(inRanges(1n, 8n, node(0n).fetchRange, () => true)).rejects.toThrow("range too wide");
  });

  it("does not halve what halving cannot help", async () => {
    const { asked, fetchRange } = node(2n);
    await expect(inRanges(1n, 8n, fetchRange, () => false)).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });
});
