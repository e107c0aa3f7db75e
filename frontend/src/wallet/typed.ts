import type { Address, TypedDataDomain } from "viem";

/** EIP-712, as a wallet takes it. */
export interface TypedData {
  domain: TypedDataDomain & { chainId: number; verifyingContract: Address };
  types: Readonly<Record<string, readonly { name: string; type: string }[]>>;
  primaryType: string;
  message: Readonly<Record<string, unknown>>;
}
