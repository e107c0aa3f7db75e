/** The numbers of secp256k1 (SEC 2 v2.0, §2.4.1), apart: who only hashes needs no curve. */

/** Order of the group (prime). */
export const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
/** The field's prime; y² = x³ + 7 over it. */
export const P = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn;
