/** Who signed a transaction, by its own bytes: a node's word for who sent it is nobody's signature (carried.py). */
import { serializeTransaction, type Transaction, type TransactionSerializable } from "viem";
import { type Bytes, concat, fromHex, keccak } from "./bytes";
import { signer } from "./group";

/** Of EIP-155: v is this, twice the chain's number and the parity; below, a transaction is of no chain. */
const LEGACY_V = 35;
const WORD = 64;

/** The account that signed a transaction for a chain; null where nobody's signature fits. */
export function signerOf(sent: Transaction, chainId: number): Bytes | null {
  const { type, nonce, gas, to, value, input, accessList, authorizationList, v, r, s } = sent;
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = sent;
  const fees = type === "legacy" || type === "eip2930" ? { gasPrice } : { maxFeePerGas, maxPriorityFeePerGas };
  const what = { type, chainId, nonce, gas, to, value, data: input, ...fees, accessList, authorizationList };
  try {
    const unsigned = fromHex(serializeTransaction(what as TransactionSerializable));
    const parity = type === "legacy" ? Number(v) - LEGACY_V - 2 * chainId : (sent.yParity ?? Number(v));
    const word = (value: string): Bytes => fromHex(`0x${value.slice(2).padStart(WORD, "0")}`);
    return signer(keccak(unsigned), concat(word(r), word(s), Uint8Array.of(27 + parity)));
  } catch {
    return null; // no transaction at all
  }
}
