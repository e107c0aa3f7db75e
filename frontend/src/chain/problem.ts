import {
  BaseError,
  type Hex,
  HttpRequestError,
  TimeoutError,
  WaitForTransactionReceiptTimeoutError,
  decodeErrorResult,
} from "viem";
import { PostError } from "../post/client";
import { TownError } from "../town/town";

/** A custom error of a contract, with its arguments in order. */
export interface Refusal {
  name: string;
  args: readonly unknown[];
}

/** What went wrong, as far as people can do something about it. Each kind has its own sentence and a way on. */
export type Problem =
  | { kind: "declined" } // they said no in their wallet
  | { kind: "offline" } // the node cannot be reached
  | { kind: "officeDown" } // the post office cannot be reached
  | { kind: "slow" } // no answer in time: it may still happen
  | { kind: "wrongChain" }
  | { kind: "otherTown" } // the node is on another chain than the town
  | { kind: "otherAccount" } // the account changed midway
  | { kind: "walletBusy" } // it already asks something
  | { kind: "noEther" } // a direct transaction, without ether for its gas
  | { kind: "refused"; refusal: Refusal } // by a contract
  | { kind: "reverted" } // without a reason
  | { kind: "office"; code: string; message: string } // by the post office
  | { kind: "replaced" } // another transaction took its place
  | { kind: "town"; detail: string } // the site's own files
  | { kind: "told"; sentence: string } // in the words of who found it
  | { kind: "unknown"; detail: string };

/** An act that ended in a way that is known already. */
export class ActError extends Error {
  override name = "ActError";
  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

const DECLINED = 4001;
const NOT_AUTHORIZED = 4100;
const WALLET_BUSY = -32002;
const CHAIN_NOT_ADDED = 4902;

function* causes(error: unknown): Generator<Record<string, unknown>> {
  let current = error;
  for (let depth = 0; depth < 12 && current !== null && typeof current === "object"; depth += 1) {
    yield current as Record<string, unknown>;
    current = (current as { cause?: unknown }).cause;
  }
}

const isRevertData = (value: unknown): value is Hex =>
  typeof value === "string" && /^0x[0-9a-fA-F]{8,}$/.test(value) && value.length % 2 === 0;

/** The bytes with which a contract refused, wherever a node or a wallet put them. */
export function revertData(error: unknown): Hex | null {
  for (const cause of causes(error)) {
    const data = cause["data"];
    const candidates = [cause["raw"], data];
    if (data !== null && typeof data === "object") {
      const inner = data as Record<string, unknown>;
      const original = inner["originalError"] as Record<string, unknown> | undefined;
      candidates.push(inner["data"], original?.["data"]);
    }
    const found = candidates.find(isRevertData);
    if (found) return found;
  }
  return null;
}

/** The custom error in revert data; null when it is nobody's. The errors' ABI is fetched when it is first needed. */
async function decodeRefusal(data: Hex): Promise<Refusal | null> {
  const { errorsAbi } = await import("../generated/errors");
  try {
    const { errorName, args } = decodeErrorResult({ abi: errorsAbi, data });
    return { name: errorName, args: (args ?? []) as readonly unknown[] };
  } catch {
    return null;
  }
}

function known(error: unknown): Problem | null {
  for (const cause of causes(error)) {
    if (cause instanceof ActError) return cause.problem;
    if (cause instanceof TownError) return { kind: "town", detail: cause.detail };
    if (cause instanceof PostError) {
      if (cause.refusal) return { kind: "refused", refusal: cause.refusal };
      return cause.code === "unreachable"
        ? { kind: "officeDown" }
        : { kind: "office", code: cause.code, message: cause.message };
    }
    if (cause instanceof WaitForTransactionReceiptTimeoutError || cause instanceof TimeoutError)
      return { kind: "slow" };
    if (cause["code"] === DECLINED) return { kind: "declined" };
    if (cause["code"] === NOT_AUTHORIZED) return { kind: "otherAccount" };
    if (cause["code"] === WALLET_BUSY) return { kind: "walletBusy" };
    if (cause["code"] === CHAIN_NOT_ADDED) return { kind: "wrongChain" };
    if (cause instanceof HttpRequestError && cause.status === undefined) return { kind: "offline" };
    // A part of this site, or of a library, that could not be fetched when it was needed.
    if (cause instanceof TypeError && LOST_LINE.test(cause.message)) return { kind: "offline" };
  }
  return null;
}

const LOST_LINE = /failed to fetch|dynamically imported|importing a module|networkerror|load failed/i;
const NO_ETHER = /insufficient funds|exceeds the balance of the account|gas required exceeds allowance/i;

/** What an error means for the person in front of the screen. */
export async function problemOf(error: unknown): Promise<Problem> {
  const data = revertData(error);
  if (data) {
    const refusal = await decodeRefusal(data).catch(() => null);
    if (refusal) return { kind: "refused", refusal };
  }
  const found = known(error);
  if (found) return found;
  const message =
    error instanceof BaseError ? error.shortMessage : error instanceof Error ? error.message : String(error);
  const everything = [...causes(error)]
    .map((cause) => `${cause["message"] ?? ""} ${cause["details"] ?? ""}`)
    .join("\n");
  if (NO_ETHER.test(everything)) return { kind: "noEther" };
  if (data || /revert/i.test(everything)) return { kind: "reverted" };
  return { kind: "unknown", detail: message };
}
