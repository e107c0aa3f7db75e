/** What is hashed: words laid out as `abi.encode` lays out static types, tags, and challenges. */
import { type Bytes, concat, keccak, toInteger, utf8, word } from "./bytes";
import { N } from "./order";

export type Value = bigint | number | Uint8Array;

const PADDING = new Uint8Array(12);

/** The domain tag of a purpose: keccak256 of its text. */
export function tag(text: string): Bytes {
  return keccak(utf8(text));
}

/** `abi.encode` of static values: a number is a uint256, 20 bytes an address, 32 or 64 bytes one or two words.
 * @throws RangeError for anything else. */
export function words(...values: readonly Value[]): Bytes {
  return concat(
    ...values.flatMap((value) => {
      if (!(value instanceof Uint8Array)) return [word(value)];
      if (value.length === 20) return [PADDING, value];
      if (value.length === 32 || value.length === 64) return [value];
      throw new RangeError(`${value.length} bytes are neither an address nor whole words`);
    }),
  );
}

/** keccak256(abi.encode(values…)) for static values. */
export function digest(...values: readonly Value[]): Bytes {
  return keccak(words(...values));
}

/** `digest` read as a big-endian number modulo N: a Fiat–Shamir challenge. */
export function challenge(...values: readonly Value[]): bigint {
  return toInteger(digest(...values)) % N;
}
