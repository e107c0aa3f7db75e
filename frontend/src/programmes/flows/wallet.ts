/** The key that a wallet makes in a programme: its signature is the seed, which goes nowhere. */
import { type Address, isAddressEqual, recoverTypedDataAddress } from "viem";
import { addressOf } from "../../chain/client";
import { ActError } from "../../chain/problem";
import { theTown } from "../../town/folder";
import type { Hex } from "../../vote/ballot/bytes";
import { signTyped } from "../../wallet/signing";
import type { TypedData } from "../../wallet/typed";
import { PROGRAMMES } from "../chain/programmes";
import { purse } from "../words/purse";

const HOLDER_KEY = {
  HolderKey: [
    { name: "programme", type: "bytes32" },
    { name: "warning", type: "string" },
  ],
} as const;
const WARNING = "Whoever has this signature spends my aid. I sign it on my town's page alone.";

/** What is signed, byte for byte as `beffroi/programmes/programmeslips.py`: no contract takes it. */
export const holderKeyOf = (domain: TypedData["domain"], programme: Hex): TypedData => ({
  domain,
  types: HOLDER_KEY,
  primaryType: "HolderKey",
  message: { programme, warning: WARNING },
});

/** By no node's word: one that told another name would have her make a key that she never finds again. */
function domainHere(): TypedData["domain"] {
  const verifyingContract = addressOf(PROGRAMMES);
  if (!verifyingContract) throw new Error("this town has no programmes");
  return { name: "Programmes", version: "1", chainId: theTown().chainId, verifyingContract };
}

/**
 * The 65 bytes that open a purse.
 *
 * @throws ActError where they decline, or no key of the account signed: a contract's answer makes no key
 */
export async function seedByWallet(account: Address, programme: Hex, title: string): Promise<Hex> {
  const w = purse().wallet;
  const typed = holderKeyOf(domainHere(), programme);
  const signature = await signTyped(account, typed, {
    title: w.signing(title),
    lines: [],
    consequence: w.consequence,
    until_s: null,
    payer: "nobody",
  });
  const signer = await recoverTypedDataAddress({ ...typed, signature }).catch(() => null);
  if (!signer || !isAddressEqual(signer, account)) throw refused(w.noKey);
  return signature.toLowerCase() as Hex;
}

/**
 * The same, asked twice: a wallet that signs otherwise each time never finds its purse again.
 *
 * @throws ActError as `seedByWallet`, and where the wallet does
 */
export async function lastingSeed(account: Address, programme: Hex, title: string): Promise<Hex> {
  const seed = await seedByWallet(account, programme, title);
  if ((await seedByWallet(account, programme, title)) !== seed) throw refused(purse().wallet.unlike);
  return seed;
}

const refused = (sentence: string): ActError => new ActError({ kind: "told", sentence });
