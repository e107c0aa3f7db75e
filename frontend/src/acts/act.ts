import { type Signal, signal } from "@preact/signals";
import { type Abi, type Address, type Hex, encodeFunctionData } from "viem";
import { call, waitForTransactionReceipt } from "viem/actions";
import { chain, checkChain } from "../chain/client";
import { ActError, type Problem, problemOf } from "../chain/problem";
import { PostError, type SlipState, type SlipStatus, follow, hasOffice, submit } from "../post/client";
import { followSlip, forgetSlip, rememberSlip } from "../store/pending";
import { session } from "../wallet/session";
import type { TypedData } from "../wallet/typed";
import { type Explanation, question, sendTransaction, signTyped } from "../wallet/signing";

/** A contract's function, called by one's own wallet. */
export interface DirectCall {
  address: Address;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
  value?: bigint;
}

/** A citizen's act: signed by her, posted by the town. */
export interface SlipAct {
  /** The post office's name for it. */
  kind: string;
  typed: TypedData;
  /** What the post office is handed and keeps, where it is not the signed message that it posts: a deed by its id. */
  letter?: Readonly<Record<string, unknown>>;
  /** What the contract needs besides the message. */
  extra?: Readonly<Record<string, unknown>>;
  explanation: Explanation;
  /** How the same slip is posted by her own wallet, where there is no office. */
  direct: (signature: Hex) => DirectCall;
}

/** An officer's act: a transaction of her own. */
export interface DirectAct {
  call: DirectCall;
  explanation: Explanation;
}

export type ActState =
  | { at: "ready" }
  | { at: "preparing" }
  | { at: "signing" }
  | { at: "sending" }
  | { at: "posting"; slip: Exclude<SlipState, "confirmed" | "rejected" | "expired"> }
  | { at: "waiting"; transaction: Hex }
  | { at: "done"; transaction: Hex | null; block: bigint | null }
  | { at: "expired" }
  | {
      at: "failed";
      problem: Problem;
      /** signed, so that sending it again asks for no second signature */ signed: boolean;
    };

const RECEIPT_TIMEOUT_MS = 120_000;

/** An act from the form to its end; views show `state`, and call nothing else. */
export class Act {
  readonly state: Signal<ActState> = signal({ at: "ready" });
  #signed: { act: SlipAct; account: Address; signature: Hex } | null = null;
  #stop = new AbortController();

  get isBusy(): boolean {
    return !["ready", "done", "expired", "failed"].includes(this.state.value.at);
  }

  /** Explains, has it signed, hands it to the post office (or sends it), follows it to its end. */
  async slip(prepare: (account: Address) => Promise<SlipAct> | SlipAct): Promise<void> {
    await this.#run(async (account) => {
      const act = await prepare(account);
      this.state.value = { at: "signing" };
      const signature = await signTyped(account, act.typed, payerOf(act.explanation));
      this.#signed = { act, account, signature };
      await this.#send(hasOffice() ? "office" : "self");
    });
  }

  /** Explains a transaction of one's own, has it sent, waits for it. */
  async direct(prepare: (account: Address) => Promise<DirectAct> | DirectAct): Promise<void> {
    await this.#run(async (account) => {
      const { call: wanted, explanation } = await prepare(account);
      await this.#transact(account, wanted, explanation);
    });
  }

  /** Sends again what is signed already: by the office, or by one's own wallet. */
  async resend(by: "office" | "self"): Promise<void> {
    if (this.#signed) await this.#run(() => this.#send(by), true);
  }

  /** Back to the form. */
  reset(): void {
    this.#stop.abort();
    // Whoever leaves the view while the signing screen is open signs nothing.
    if (this.state.peek().at === "signing") question.peek()?.decline();
    this.#signed = null;
    this.state.value = { at: "ready" };
  }

  async #run(steps: (account: Address) => Promise<void>, isSigned = false): Promise<void> {
    const account = session.peek()?.account;
    if (!account || this.isBusy) return;
    this.#stop = new AbortController();
    if (!isSigned) this.#signed = null;
    this.state.value = { at: "preparing" };
    try {
      if (!(await checkChain())) throw new ActError({ kind: "otherTown" });
      await steps(account);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.state.value = { at: "failed", problem: await problemOf(error), signed: this.#signed !== null };
    }
  }

  async #send(by: "office" | "self"): Promise<void> {
    if (!this.#signed) return;
    const { act, account, signature } = this.#signed;
    this.state.value = { at: "sending" };
    if (by === "self") {
      await this.#transact(account, act.direct(signature), null);
      return;
    }
    const { kind, typed, letter, extra } = act;
    const received = await submit({ kind, message: letter ?? typed.message, signature, ...(extra ? { extra } : {}) });
    if (letter) {
      this.state.value = { at: "done", transaction: null, block: null };
      return;
    }
    const { id } = received;
    rememberSlip({ id, account, title: act.explanation.title });
    followSlip(id, true);
    try {
      const end = await follow(received, (status) => this.#tell(status), this.#stop.signal);
      forgetSlip(id);
      if (end.state === "rejected") throw refusalOf(end);
    } finally {
      followSlip(id, false);
    }
  }

  #tell({ state, transaction, block }: SlipStatus): void {
    if (this.#stop.signal.aborted) return;
    if (state === "confirmed")
      this.state.value = { at: "done", transaction, block: block === null ? null : BigInt(block) };
    else if (state === "expired") this.state.value = { at: "expired" };
    else if (state !== "rejected") this.state.value = { at: "posting", slip: state };
  }

  async #transact(account: Address, wanted: DirectCall, explanation: Explanation | null): Promise<void> {
    const { address, abi, functionName, args, value } = wanted;
    const data = encodeFunctionData({ abi, functionName, args });
    const sent = { to: address, data, ...(value ? { value } : {}) };
    // Whatever the contract would refuse is told before the wallet is asked.
    await call(chain(), { account, ...sent });
    this.state.value = { at: "signing" };
    const hash = await sendTransaction(account, sent, explanation);
    this.state.value = { at: "waiting", transaction: hash };
    let isReplaced = false;
    const receipt = await waitForTransactionReceipt(chain(), {
      hash,
      timeout: RECEIPT_TIMEOUT_MS,
      onReplaced: ({ reason }) => (isReplaced = reason !== "repriced"),
    });
    if (isReplaced) throw new ActError({ kind: "replaced" });
    if (receipt.status === "reverted") throw new ActError({ kind: "reverted" });
    this.state.value = { at: "done", transaction: receipt.transactionHash, block: receipt.blockNumber };
  }
}

function payerOf(explanation: Explanation): Explanation {
  return { ...explanation, payer: hasOffice() ? "town" : "self" };
}

/** Why the office's transaction was refused: the contract's own error where it is one. */
export function refusalOf({ error }: SlipStatus): Error {
  if (error?.name) return new ActError({ kind: "refused", refusal: { name: error.name, args: error.args ?? [] } });
  return new PostError(error?.code ?? "rejected", error?.message ?? "");
}
