/** Whether a smaller range could succeed where a larger one failed. */
export type Halvable = (error: unknown) => boolean;

/**
 * Reads `first`…`last` in as few ranges as the node lets us: halves what it refuses, and doubles again what it takes.
 *
 * @throws what `fetchRange` throws, where halving does not help or a single block is refused
 */
export async function inRanges<T>(
  first: bigint,
  last: bigint,
  fetchRange: (from: bigint, to: bigint) => Promise<readonly T[]>,
  isHalvable: Halvable,
): Promise<T[]> {
  const found: T[] = [];
  let width = last - first + 1n;
  for (let from = first; from <= last;) {
    const to = from + width - 1n < last ? from + width - 1n : last;
    try {
      found.push(...(await fetchRange(from, to)));
      from = to + 1n;
      width *= 2n;
    } catch (error) {
      if (to === from || !isHalvable(error)) throw error;
      width = (to - from + 1n) / 2n;
    }
  }
  return found;
}
