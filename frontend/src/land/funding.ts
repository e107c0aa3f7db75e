import { type Hex, bytesToHex, encodeAbiParameters, keccak256 } from "viem";

/** The ERC-3009 nonce of a slip that funds a sale: it can fund no other. */
export const fundingNonce = (sale: bigint, salt: Hex): Hex =>
  keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "bytes32" }], [sale, salt]));

export const newSalt = (): Hex => bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
