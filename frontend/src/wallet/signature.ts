import type { Address, Hex } from "viem";
import type { TypedData } from "./typed";

const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const word = (value: bigint) => value.toString(16).padStart(64, "0");

/** r ‖ s ‖ v with low s and v of 27 or 28; null for what is no signature of a key in any form. */
function brought(signature: Hex): Hex | null {
  const r = signature.slice(2, 66);
  let s = BigInt(`0x${signature.slice(66, 130) || "0"}`);
  let odd: bigint;
  if (signature.length === 130) {
    odd = s >> 255n;
    s &= (1n << 255n) - 1n;
  } else if (signature.length === 132 && /(00|01|1b|1c)$/iu.test(signature)) {
    odd = BigInt(`0x${signature.slice(130)}`) % 27n;
  } else {
    return null;
  }
  if (s > N / 2n && s < N) {
    odd = 1n - odd;
    s = N - s;
  }
  return `0x${r}${word(s)}${(27n + odd).toString(16)}`;
}

/**
 * A wallet's signature in the one form that the contracts take: some count v from 0 (Ledger, Frame), some write 64
 * bytes (EIP-2098). What no key of the account signed is left as it came: it is a smart account's (ERC-1271).
 */
export async function plainSignature(signature: Hex, account: Address, typed: TypedData): Promise<Hex> {
  const form = brought(signature);
  if (!form || form === signature.toLowerCase()) return signature;
  const { recoverTypedDataAddress } = await import("viem");
  try {
    const signer = await recoverTypedDataAddress({ ...typed, signature: form });
    return signer.toLowerCase() === account.toLowerCase() ? form : signature;
  } catch {
    return signature; // not on the curve: no key's
  }
}
