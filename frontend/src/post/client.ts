import type { Address, Hex } from "viem";
import { theTown } from "../town/folder";

const TIMEOUT_MS = 15_000;
const LONG_POLL_S = 20;

export type SlipState = "received" | "queued" | "posted" | "confirmed" | "rejected" | "expired";

/** Where a slip is, as the post office tells it. */
export interface SlipStatus {
  id: Hex;
  kind: string;
  state: SlipState;
  receivedAt: string | number;
  deadline: string | number | null;
  transaction: Hex | null;
  block: number | null;
  error: { code: string; name?: string | null; args?: readonly unknown[] | null; message: string } | null;
}

/** A slip on its way to the post office: integers and bytes are written as the API wants them here, in one place. */
export interface Letter {
  kind: string;
  message: Readonly<Record<string, unknown>>;
  signature: Hex;
  extra?: Readonly<Record<string, unknown>>;
}

export class PostError extends Error {
  override name = "PostError";
  constructor(
    /** The office's stable code, or "unreachable". */
    readonly code: string,
    message: string,
    readonly status = 0,
    /** The contract's own error, where it was the contract that would refuse. */
    readonly refusal: { name: string; args: readonly unknown[] } | null = null,
  ) {
    super(message);
  }
}

/** Whether the town has a post office. */
export function hasOffice(): boolean {
  return theTown().post !== null;
}

/** Amounts and other big numbers as decimal text, inside lists and structures too. */
export function wire(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(wire);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner)]));
  }
  return value;
}

export async function ask<T>(path: string, init: RequestInit = {}, timeout_ms = TIMEOUT_MS): Promise<T> {
  const timeout = AbortSignal.timeout(timeout_ms);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  let answer: Response;
  try {
    answer = await fetch(`${theTown().post}${path}`, { ...init, signal, credentials: "omit" });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new PostError("unreachable", String(error));
  }
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (!answer.ok) {
    // Behind a gateway, a dead office answers 502 to 504 without a code of its own.
    const code = typeof body["code"] === "string" ? body["code"] : answer.status >= 502 ? "unreachable" : "unknown";
    throw new PostError(code, String(body["message"] ?? answer.statusText), answer.status, refusalIn(body));
  }
  return body as T;
}

function refusalIn({ code, details }: Record<string, unknown>): PostError["refusal"] {
  const { error, args } = (details ?? {}) as Record<string, unknown>;
  if (code !== "refused_by_contract" || typeof error !== "string" || error === "") return null;
  return { name: error, args: Array.isArray(args) ? args : [] };
}

/** Hands a slip in; the same slip twice is one. */
export function submit(letter: Letter): Promise<SlipStatus> {
  return ask("/v1/slips", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wire(letter)),
  });
}

/** Where a slip is; waits up to `wait_s` seconds for a change. */
export function status(id: Hex, wait_s = 0, signal?: AbortSignal): Promise<SlipStatus> {
  const init = signal ? { signal } : {};
  return ask(`/v1/slips/${id}?wait_s=${wait_s}`, init, TIMEOUT_MS + wait_s * 1000);
}

const isOver = (state: SlipState): boolean => state === "confirmed" || state === "rejected" || state === "expired";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A dead line, a busy or broken office: the slip is where it was, and asking again will tell. */
const isPassing = (error: unknown): boolean =>
  error instanceof PostError && (error.code === "unreachable" || error.status >= 500 || error.status === 429);

/** Follows a slip to its end, through lost connections; tells each state once. Ends early when aborted. */
export async function follow(
  slip: SlipStatus,
  tell: (status: SlipStatus) => void,
  signal?: AbortSignal,
): Promise<SlipStatus> {
  let current = slip;
  tell(current);
  for (let failures = 0; !isOver(current.state);) {
    signal?.throwIfAborted();
    try {
      const next = await status(current.id, LONG_POLL_S, signal);
      failures = 0;
      if (next.state !== current.state) tell(next);
      else await pause(300);
      current = next;
    } catch (error) {
      if (!isPassing(error)) throw error;
      failures += 1;
      await pause(Math.min(1000 * 2 ** failures, 15_000));
    }
  }
  return current;
}

/** A voter's place on a sealed roll. */
export interface Place {
  index: number;
  size: number;
  proof: readonly Hex[];
}

export function placeOnRoll(root: Hex, account: Address): Promise<Place> {
  return ask(`/v1/rolls/${root}/${account}`);
}
