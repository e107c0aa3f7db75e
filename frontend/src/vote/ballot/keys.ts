/**
 * A trustee's keys, every one derived from her single secret and bound to one place in one ceremony (keys.py), and the
 * shares that they open.
 */
import { type Bytes, concat, itemAt, keccak, same, toInteger } from "./bytes";
import { type Ceremony, CeremonyError, type Deal, committed, maskOf } from "./ceremony";
import { base, mod, mulSecret, N, type Point } from "./group";
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

  /**
   * a_{i,0} … a_{i,t−1}: the secret polynomial that this trustee deals to these trustees with these keys (`setting`).
   */
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

/** The share that a dealer sent to this trustee; null when it does not fit the commitments. */
export function unmask(ceremony: Ceremony, keys: TrusteeKeys, dealer: number, deal: Deal): bigint | null {
  const dh = mulSecret(keys.decryption, deal.ephemeral);
  const share = mod(itemAt(deal.shares, keys.index - 1) - maskOf(ceremony, dealer, keys.index, dh), N);
  return same(base(share), committed(deal.commitments, keys.index)) ? share : null;
}

/** x_j = Σ_i s_ij over the qualified dealers, read again from their deals.
 * @throws CeremonyError when one of them sent this trustee a wrong share (she should have complained). */
export function secretShare(ceremony: Ceremony, keys: TrusteeKeys, deals: ReadonlyMap<number, Deal>): bigint {
  let total = 0n;
  for (const [dealer, deal] of deals) {
    const share = unmask(ceremony, keys, dealer, deal);
    if (share === null) throw new CeremonyError(`dealer ${dealer} sent this trustee a wrong share`);
    total += share;
  }
  return mod(total, N);
}
