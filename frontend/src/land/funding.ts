import { type Hex, bytesToHex, concat, encodeAbiParameters, keccak256, pad, slice } from "viem";

/** Conveyance's `slipNonce`, the ERC-3009 nonce of a slip that funds a sale: it can fund no other. */
export function fundingNonce(sale: bigint, salt: Hex): Hex {
  const word = encodeAbiParameters([{ type: "uint256" }, { type: "bytes32" }], [sale, pad(slice(salt, 0, 31))]);
  return concat([slice(keccak256(word), 0, 31), slice(salt, 31)]);
}

export const newSalt = (): Hex => bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
