/** A key ceremony as its events tell it: is the ballots' key the sum of what the trustees dealt? */
import { type Bytes, same } from "./bytes";
import { type Ceremony, CeremonyError, type Deal, type PublicKeys, conclude, verifyDeal } from "./ceremony";
import type { Event } from "./events";
import { INFINITY, isInfinity, type Point } from "./group";
import { TrusteeKeys } from "./keys";

/** Everything said in one ceremony; fed its events in the chain's order. */
export class CeremonyReplay {
  ceremony: Ceremony | null = null;
  readonly enrolled = new Map<number, Point>();
  readonly deals = new Map<number, Deal>();
  readonly excluded = new Set<number>();
  keys: PublicKeys | null = null;

  /** The keys announced; (0, 0) for who holds nothing. */
  announce(h: Point, shareKeys: readonly Point[]): void {
    const held = shareKeys.flatMap((key, j): [number, Point][] => (isInfinity(key) ? [] : [[j + 1, key]]));
    this.keys = { h, shares: new Map(held) };
  }

  /** The deals that make the key: those of the dealers who were not excluded. */
  get qualified(): Map<number, Deal> {
    return new Map([...this.deals].filter(([i]) => !this.excluded.has(i)).sort(([a], [b]) => a - b));
  }

  /** The trustees who hold a share: enrolled and not excluded. */
  get holders(): number[] {
    return [...this.enrolled.keys()].filter((j) => !this.excluded.has(j)).sort((a, b) => a - b);
  }

  /** Whether every deal is proven and the keys announced are those that the qualified deals give. */
  get sound(): boolean {
    const { ceremony, keys, qualified } = this;
    if (!ceremony || !keys || qualified.size < ceremony.threshold) return false;
    if (![...qualified].every(([index, deal]) => verifyDeal(ceremony, index, deal))) return false;
    try {
      const own = conclude(qualified, this.holders);
      const keysAgree = [...own.shares].every(([j, key]) => same(key, keys.shares.get(j) ?? INFINITY));
      return same(own.h, keys.h) && keysAgree && own.shares.size === keys.shares.size;
    } catch (error) {
      if (error instanceof CeremonyError) return false;
      throw error;
    }
  }
}

/** Feeds one event of a ceremony to its replay. */
export function replayEvent(
  replay: CeremonyReplay,
  event: Extract<Event, { id: number }>,
  place: { chainId: number; ceremonies: Bytes },
): void {
  switch (event.name) {
    case "ceremony-opened": {
      const { id, threshold, trustees } = event;
      replay.ceremony = {
        chainId: place.chainId,
        address: place.ceremonies,
        id,
        threshold,
        trustees,
      };
      return;
    }
    case "enrolled":
      replay.enrolled.set(event.index, event.key);
      return;
    case "dealt":
      replay.deals.set(event.index, event.deal);
      return;
    case "excluded":
      replay.excluded.add(event.index);
      return;
    case "key-ready":
      replay.announce(event.key, event.shareKeys);
  }
}

/** The place in a ceremony that a secret opens; nothing when it is of no trustee who holds a share. */
export function holderOf({ ceremony, enrolled, holders }: CeremonyReplay, secret: Bytes): TrusteeKeys | null {
  if (!ceremony) return null;
  for (const index of holders) {
    const keys = new TrusteeKeys(ceremony, index, secret);
    const known = enrolled.get(index);
    if (known && same(keys.encryption, known)) return keys;
  }
  return null;
}
