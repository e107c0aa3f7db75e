/** A trustee's keys, every one derived from her single secret and bound to one place in one ceremony (keys.py). */
import { type Bytes, concat, keccak, same, toInteger } from "./bytes";
import type { Ceremony, CeremonyReplay } from "./ceremony";
import { base, N, type Point } from "./group";
import { tag, type Value, words } from "./transcript";

export class TrusteeKeys {
  readonly index: number;
  readonly #secret: Bytes;
  readonly #place: Bytes;

  constructor({ chainId, address, id }: Ceremony, index: number, secret: Bytes) {
    this.index = index;
    this.#secret = secret;
    this.#place = words(chainId, address, id, index);
  }

  /** A scalar of [1, N − 1] for this purpose, this place and this context, within 2⁻²⁵⁶ of uniform. */
  scalar(purpose: string, ...context: readonly Value[]): bigint {
    const seed = keccak(tag(`beffroi.vote.trustee.${purpose}`), this.#secret, this.#place, words(...context));
    const wide = concat(keccak(seed, new Uint8Array([0])), keccak(seed, new Uint8Array([1])));
    return (toInteger(wide) % (N - 1n)) + 1n;
  }

  /** k_j, which opens the shares that others deal to this trustee. */
  get decryption(): bigint {
    return this.scalar("encryption");
  }

  get encryption(): Point {
    return base(this.decryption);
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
