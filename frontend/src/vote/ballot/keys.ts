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

  /** a_{i,0} … a_{i,t−1}: the secret polynomial that this trustee deals to these trustees with these keys (`setting`). */
  coefficients(threshold: number, setting: Bytes): bigint[] {
    return Array.from({ length: threshold }, (_, k) => this.scalar("coefficient", setting, k));
  }

  /** ε_i, the key that masks the shares of this trustee's deal. */
  ephemeral(setting: Bytes): bigint {
    return this.scalar("ephemeral", setting);
  }
}

/** The place of an account in a ceremony, from 1; null when it is no trustee of it. */
export function placeOf({ trustees }: Ceremony, account: Bytes): number | null {
  const place = trustees.findIndex((trustee) => same(trustee, account));
  return place < 0 ? null : place + 1;
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
