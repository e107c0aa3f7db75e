import { type Hex, bytesToHex, concat, encodeAbiParameters, keccak256, pad, slice } from "viem";

/** Conveyance's `slipNonce`, the ERC-3009 nonce of a slip that funds a sale on these terms: it funds nothing else. */
export function fundingNonce(termsHash: Hex, salt: Hex): Hex {
  const word = encodeAbiParameters([{ type: "bytes32" }, { type: "bytes32" }], [termsHash, pad(slice(salt, 0, 31))]);
  return concat([slice(keccak256(word), 0, 31), slice(salt, 31)]);
}

export const newSalt = (): Hex => bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
