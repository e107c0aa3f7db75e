/**
 * Who signed a transaction that casts a ballot, by its own bytes: a node's word for who sent it is nobody's signature
 * (carried.py).
 */
import { decodeFunctionData, serializeTransaction, type Transaction, type TransactionSerializable } from "viem";
import { consultationsAbi } from "../../generated/Consultations";
import { type Bytes, concat, fromHex, type Hex, keccak } from "./bytes";
import { signer } from "./group";

/** Of EIP-155: v is this, twice the chain's number and the parity; below, a transaction is of no chain. */
const LEGACY_V = 35;
const WORD = 64;

export interface CastBallot {
  readonly consultation: number;
  /** Her place on its roll. */
  readonly index: number;
  readonly ballot: Hex;
}

/**
 * What a voter casts by her own transaction; null where its input is no call of `cast`, nor of `castAgain` without a
 * slip's signature: a ballot that stands anywhere else in it was not cast by who signed it.
 */
export function castIn(input: Hex): CastBallot | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: consultationsAbi, data: input });
    if (functionName === "cast") return { consultation: Number(args[0]), index: Number(args[1]), ballot: args[2] };
    if (functionName !== "castAgain" || args[4] !== "0x") return null;
    return { consultation: Number(args[0]), index: Number(args[1]), ballot: args[3] };
  } catch {
    return null; // no call at all
  }
}

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
