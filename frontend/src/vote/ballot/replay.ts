/**
 * A key ceremony as its events tell it, of which only what its trustees signed is heard (keycheck.py): is the ballots'
 * key the sum of what they dealt, and have they acknowledged it?
 */
import { type Bytes, itemAt, same, toHex } from "./bytes";
import { type Ceremony, CeremonyError, type Deal, type PublicKeys, conclude, verifyDeal } from "./ceremony";
import { dealHash, judge } from "./dealing";
import type { Event } from "./events";
import { INFINITY, isInfinity, type Point, signer } from "./group";
import { TrusteeKeys } from "./keys";
import { acknowledgementDigest, bitsOf, type Said, saying, stepDigest } from "./slips";

type OfCeremony = Extract<Event, { id: number }>;
type OfDealer = Extract<OfCeremony, { name: "enrolled" | "committed" | "dealt" }>;

export interface Place {
  readonly chainId: number;
  readonly ceremonies: Bytes;
  /** Trustees' accounts that were contracts at its opening, whose signatures only the chain can check, in hex. */
  readonly smart?: ReadonlySet<string>;
}

/** Of how many trustees something may be believed that a node alone vouches for (keycheck.py). */
export const mostVouched = (threshold: number): number => Math.max(0, threshold - 2);

/** Everything that trustees said in one ceremony; fed its events in the chain's order. */
export class CeremonyReplay {
  ceremony: Ceremony | null = null;
  readonly enrolled = new Map<number, Point>();
  readonly promised = new Map<number, Bytes>();
  readonly deals = new Map<number, Deal>();
  readonly excluded = new Set<number>();
  /** The keys that the contract announced. */
  keys: PublicKeys | null = null;
  isReady = false;
  /** Signatures of holders over the keys. */
  readonly acknowledged = new Map<number, Bytes>();
  /** Trustees of whom something is believed without a signature that can be checked. */
  readonly vouched = new Set<number>();
  /** Trustees of whom something is told that they did not sign; 0 where it is of nobody. */
  readonly unsigned: number[] = [];
  /** Trustees who signed two different messages for one step. */
  readonly faults: number[] = [];
  readonly #heard = new Map<string, { digest: string; isSigned: boolean }>();

  /** The deals that make the key: those of the dealers who were not excluded. */
  get qualified(): Map<number, Deal> {
    return new Map([...this.deals].filter(([i]) => !this.excluded.has(i)).sort(([a], [b]) => a - b));
  }

  /** The trustees who hold a share: enrolled and not excluded. */
  get holders(): number[] {
    return [...this.enrolled.keys()].filter((j) => !this.excluded.has(j)).sort((a, b) => a - b);
  }

  /** Whether all that was told is the trustees' own word, but for t − 2 of them: a node and one more stay under t. */
  get isBelieved(): boolean {
    const few = this.ceremony !== null && this.vouched.size <= mostVouched(this.ceremony.threshold);
    return few && !this.unsigned.length && !this.faults.length;
  }

  /** Whether every deal that qualifies was committed to and is proven. */
  get isProven(): boolean {
    const { ceremony, promised } = this;
    if (!ceremony) return false;
    return [...this.qualified].every(
      ([index, deal]) =>
        verifyDeal(ceremony, index, deal) && same(promised.get(index) ?? INFINITY, dealHash(ceremony, index, deal)),
    );
  }

  /** Whether the keys announced are those that the qualified deals give. */
  get agrees(): boolean {
    const { ceremony, keys, qualified } = this;
    if (!ceremony || !keys || qualified.size < ceremony.threshold || !this.isProven) return false;
    try {
      const own = conclude(qualified, this.holders);
      const keysAgree = [...own.shares].every(([j, key]) => same(key, keys.shares.get(j) ?? INFINITY));
      return same(own.h, keys.h) && keysAgree && own.shares.size === keys.shares.size;
    } catch (error) {
      if (error instanceof CeremonyError) return false;
      throw error;
    }
  }

  /** Whether the key stands on what trustees dealt, signed and acknowledged, and nothing else was told. */
  get sound(): boolean {
    const needed = this.ceremony?.threshold ?? Number.POSITIVE_INFINITY;
    return this.isReady && this.isBelieved && this.agrees && this.acknowledged.size >= needed;
  }

  /** Takes the next event of this ceremony. */
  take(event: OfCeremony, place: Place): void {
    if (event.name === "ceremony-opened" && !this.ceremony) {
      const { id, threshold, trustees, consumer } = event;
      this.ceremony = { chainId: place.chainId, address: place.ceremonies, id, threshold, trustees, consumer };
    } else if (event.name === "key-proposed") {
      const held = event.shareKeys.flatMap((key, j): [number, Point][] => (isInfinity(key) ? [] : [[j + 1, key]]));
      this.keys ??= { h: event.key, shares: new Map(held) };
    } else if (event.name === "key-ready") this.isReady = true;
    else if (!this.ceremony || event.name === "ceremony-opened") this.unsigned.push(0);
    else if (event.name === "complained") this.#judge(this.ceremony, event, place);
    else if (event.name === "acknowledged") this.#acknowledge(this.ceremony, event, place);
    else this.#say(this.ceremony, event, place);
  }

  #say(ceremony: Ceremony, event: OfDealer, place: Place): void {
    const { index, signature } = event;
    const hears = (step: Said, message: Bytes): boolean =>
      this.#hears(index, step, () => stepDigest(ceremony, index, step, message), signature, place);
    // It may be hers and yet no fault: to sign it she was shown other enrolments than those here.
    if (!this.#fits(ceremony, event)) this.unsigned.push(index);
    else if (event.name === "enrolled") {
      if (hears("enrol", saying.enrol(event.key, event.proof))) this.enrolled.set(index, event.key);
    } else if (event.name === "committed") {
      if (hears("commit", saying.commit(event.dealHash, event.enrolled))) this.promised.set(index, event.dealHash);
    } else if (hears("deal", saying.deal(event.deal))) this.deals.set(index, event.deal);
  }

  /** Whether it was said where these trustees enrolled, and no others. */
  #fits(ceremony: Ceremony, event: OfDealer): boolean {
    if (event.name === "enrolled") return !this.promised.size || this.enrolled.has(event.index);
    if (event.name === "committed") return event.enrolled === bitsOf(this.enrolled.keys());
    return same(this.promised.get(event.index) ?? INFINITY, dealHash(ceremony, event.index, event.deal));
  }

  #judge(ceremony: Ceremony, event: Extract<OfCeremony, { name: "complained" }>, place: Place): void {
    const { accuser, dealer } = event.complaint;
    const key = this.enrolled.get(accuser);
    const deal = this.deals.get(dealer);
    if (!key || !deal) {
      this.unsigned.push(accuser);
      return;
    }
    const message = saying.complain(event.complaint, key, deal);
    const digest = (): Bytes => stepDigest(ceremony, accuser, "complain", message);
    if (!this.#hears(accuser, `complain ${dealer}`, digest, event.signature, place)) return;
    const isTrue = judge(ceremony, event.complaint, key, deal);
    if (isTrue === null) this.unsigned.push(accuser);
    else this.excluded.add(isTrue ? dealer : accuser);
  }

  /** What is not hers is no acknowledgement, and nothing else: t others' are enough, and no secret rests on it. */
  #acknowledge(ceremony: Ceremony, event: Extract<OfCeremony, { name: "acknowledged" }>, { smart }: Place): void {
    const { index, signature } = event;
    const share = this.keys?.shares.get(index);
    const account = ceremony.trustees[index - 1];
    if (!this.keys || !share || !account) return;
    const by = signer(acknowledgementDigest(ceremony, index, this.keys.h, share), signature);
    const isSigned = by !== null && same(by, account);
    if (!isSigned && !smart?.has(toHex(account))) return;
    if (!isSigned) this.vouched.add(index);
    this.acknowledged.set(index, signature);
  }

  /** Whether it is the trustee's word, and news. */
  #hears(index: number, step: string, digestOf: () => Bytes, signature: Bytes, { smart }: Place): boolean {
    const trustees = this.ceremony?.trustees ?? [];
    if (index < 1 || index > trustees.length) {
      this.unsigned.push(0);
      return false;
    }
    const account = itemAt(trustees, index - 1);
    const digest = digestOf();
    const by = signer(digest, signature);
    const isSigned = by !== null && same(by, account);
    if (!isSigned && !smart?.has(toHex(account))) {
      this.unsigned.push(index);
      return false;
    }
    if (!isSigned) this.vouched.add(index);
    const name = `${index} ${step}`;
    const before = this.#heard.get(name) ?? { digest: toHex(digest), isSigned };
    this.#heard.set(name, before);
    if (before.digest === toHex(digest)) return true;
    (isSigned && before.isSigned ? this.faults : this.unsigned).push(index);
    return false;
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
