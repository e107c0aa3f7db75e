import { type Address, type Hex, bytesToHex, numberToHex } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { localCurrencyAbi } from "../../generated/LocalCurrency";

/** Nonces below this one live in the account's own slot, and cost the town nothing to store. */
const CHEAP = 64;
const TRIED = 4;

/** Nonces that were drawn while this page is open, and may still be on their way: by contract and account. */
const drawnHere = new Map<string, ReadonlySet<number>>();

function* draws(key: string, chance: () => number): Generator<number> {
  const taken = drawnHere.get(key) ?? new Set();
  const free = Array.from({ length: CHEAP }, (_, nonce) => nonce).filter((nonce) => !taken.has(nonce));
  for (let count = 0; count < TRIED && free.length > 0; count += 1) {
    const [nonce] = free.splice(Math.floor(chance() * free.length), 1);
    if (nonce !== undefined) yield nonce;
  }
}

/**
 * A nonce that the account never used in a contract, by its name in the town: a cheap one where one is found soon, any
 * other else.
 */
export async function drawNonce(
  contract: string,
  account: Address,
  isUsed: (nonce: Hex) => Promise<boolean>,
): Promise<Hex> {
  const key = `${contract}/${account}`;
  const drawn = [...draws(key, Math.random)];
  const used = await Promise.all(drawn.map((nonce) => isUsed(word(nonce))));
  const nonce = drawn.find((_, place) => used[place] === false);
  if (nonce === undefined) return bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
  drawnHere.set(key, new Set(drawnHere.get(key)).add(nonce));
  return word(nonce);
}

/** One for a payment in a currency, named by its contract. */
export const freeNonce = (contract: string, account: Address): Promise<Hex> =>
  drawNonce(contract, account, (nonce) => {
    const call = { functionName: "authorizationState", args: [account, nonce] } as const;
    return readContract(chain(), { ...at(contract, localCurrencyAbi), ...call });
  });

const word = (nonce: number): Hex => numberToHex(nonce, { size: 32 });
