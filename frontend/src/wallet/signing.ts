import { signal } from "@preact/signals";
import type { Address, Hex } from "viem";
import { ActError } from "../chain/problem";
import { theTown } from "../town/folder";
import { type Session, session } from "./session";
import type { TypedData } from "./typed";
import { plainSignature } from "./signature";

/** What people read before their wallet asks them: written from the message itself, never from the form. */
export interface Explanation {
  /** The act as a sentence: "You pay 12,50 LYS to the bakery." */
  title: string;
  /** The particulars, each with its label. */
  lines: readonly (readonly [label: string, value: string])[];
  /** What follows from it that cannot be taken back, if anything. */
  consequence?: string;
  /** Unix seconds until which the signature is good; null for no end. */
  until_s: bigint | null;
  /** Who pays for the transaction; nobody where none is sent. */
  payer: "town" | "self" | "nobody";
}

/** A question on the signing screen. */
export interface Question {
  explanation: Explanation;
  typed: TypedData | null;
  stage: "reading" | "inWallet";
  agree: () => void;
  decline: () => void;
}

/** What the signing screen shows; null when it is closed. */
export const question = signal<Question | null>(null);

function agreed(explanation: Explanation, typed: TypedData | null): Promise<void> {
  if (question.peek()) throw new ActError({ kind: "walletBusy" });
  return new Promise((resolve, reject) => {
    const decline = (): void => {
      question.value = null;
      reject(new ActError({ kind: "declined" }));
    };
    const agree = (): void => {
      question.value = { explanation, typed, stage: "inWallet", agree: () => {}, decline };
      resolve();
    };
    question.value = { explanation, typed, stage: "reading", agree, decline };
  });
}

/** The wallet, still on the account that the act was prepared for and on the town's chain. */
function ready(account: Address): Session {
  const current = session.peek();
  if (!current || current.account !== account) throw new ActError({ kind: "otherAccount" });
  if (current.chainId !== theTown().chainId) throw new ActError({ kind: "wrongChain" });
  return current;
}

/** Shows the explanation, then has the wallet answer; whoever closes the screen meanwhile has declined. */
async function inWallet<T>(explanation: Explanation, typed: TypedData | null, ask: () => Promise<T>): Promise<T> {
  await agreed(explanation, typed);
  const shown = question.peek();
  if (!shown) throw new ActError({ kind: "declined" });
  try {
    return await new Promise<T>((resolve, reject) => {
      question.value = {
        ...shown,
        decline: () => {
          question.value = null;
          reject(new ActError({ kind: "declined" }));
        },
      };
      ask().then(resolve, reject);
    });
  } finally {
    question.value = null;
  }
}

const DOMAIN_TYPES = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
] as const;

/** The JSON that `eth_signTypedData_v4` takes: big numbers as decimal text. */
function typedJson(typed: TypedData): string {
  const whole = { ...typed, types: { EIP712Domain: DOMAIN_TYPES, ...typed.types } };
  return JSON.stringify(whole, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/**
 * Explains a message and has the account's wallet sign it; the signature as the contracts take it.
 *
 * @throws ActError when they decline, or account or chain changed; what the wallet throws otherwise
 */
export async function signTyped(account: Address, typed: TypedData, explanation: Explanation): Promise<Hex> {
  ready(account);
  const signature = await inWallet(explanation, typed, () =>
    ready(account).provider.request({ method: "eth_signTypedData_v4", params: [account, typedJson(typed)] }),
  );
  ready(account);
  return plainSignature(signature, account, typed);
}

/** Explains a transaction and has the account's wallet send it; its hash. @throws as `signTyped` */
export async function sendTransaction(
  account: Address,
  transaction: { to: Address; data: Hex; value?: bigint },
  explanation: Explanation | null,
): Promise<Hex> {
  const ask = (): Promise<Hex> => {
    const { to, data, value } = transaction;
    const request = { from: account, to, data, ...(value ? { value: `0x${value.toString(16)}` as Hex } : {}) };
    return ready(account).provider.request({ method: "eth_sendTransaction", params: [request] });
  };
  ready(account);
  return explanation ? inWallet(explanation, null, ask) : ask();
}
