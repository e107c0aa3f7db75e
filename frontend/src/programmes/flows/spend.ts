/** A spend, signed by a sheet's key and handed to the post office: no wallet has a part in it. */
import { type Signal, signal } from "@preact/signals";
import type { Address } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { refusalOf } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { now_s } from "../../chain/head";
import { type Problem, problemOf } from "../../chain/problem";
import { type SlipState, follow, submit } from "../../post/client";
import { slipKind } from "../../town/instances";
import { PROGRAMMES, isPaid } from "../chain/programmes";
import type { SignedSpend } from "../codes";
import { type Holder, nextNonce } from "../holder";
import type { Place } from "../roll";
import { type Programme, SPEND, type Spend, beginsAt_s, periodAt } from "../terms";

const VALID_S = 3_600;
const LOOKS = 20;
const PAUSE_MS = 1_000;

/** Units at a merchant, good for an hour and never beyond the period. */
export async function signSpend(
  { name, terms }: Programme,
  key: PrivateKeyAccount,
  holder: Holder,
  merchant: Address,
  units: number,
): Promise<SignedSpend> {
  const now = Number(await now_s());
  const deadline = Math.min(now + VALID_S, beginsAt_s(terms, periodAt(terms, now) + 1) - 1);
  const nonce = nextNonce(holder);
  const spend: Spend = { programme: name, holder: key.address, merchant, units, nonce, deadline };
  const domain = await domainOf(PROGRAMMES);
  return { spend, signature: await key.signTypedData({ domain, types: SPEND, primaryType: "Spend", message: spend }) };
}

export type PostingState =
  | { at: "ready" }
  | { at: "sending" }
  | { at: "posting"; slip: Exclude<SlipState, "confirmed" | "rejected" | "expired"> }
  | { at: "looking" }
  | { at: "paid"; spend: Spend }
  /** The office says that it is, and the chain does not show it. */
  | { at: "unseen" }
  | { at: "expired" }
  | { at: "failed"; problem: Problem; isSigned: boolean };

/** A spend with the place that the contract asks for before the first one. */
export type Letter = SignedSpend & { place: Place | null };

/** A spend on its way, until the chain has paid it. */
export class Posting {
  readonly state: Signal<PostingState> = signal({ at: "ready" });
  #letter: Letter | null = null;
  #stop = new AbortController();

  get isBusy(): boolean {
    return ["sending", "posting", "looking"].includes(this.state.value.at);
  }

  async post(prepare: () => Promise<Letter>): Promise<void> {
    this.#letter = null;
    await this.#run(async () => {
      this.#letter = await prepare();
      await this.#hand(this.#letter);
    });
  }

  /** Hands the same slip in again: twice the same is one. */
  async again(): Promise<void> {
    const letter = this.#letter;
    if (letter) await this.#run(() => this.#hand(letter));
  }

  reset(): void {
    this.#stop.abort();
    this.#letter = null;
    this.state.value = { at: "ready" };
  }

  async #run(steps: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.#stop = new AbortController();
    const { signal: stop } = this.#stop;
    this.state.value = { at: "sending" };
    try {
      await steps();
    } catch (error) {
      if (stop.aborted) return;
      const isSigned = this.#letter !== null;
      this.state.value = { at: "failed", problem: await problemOf(error), isSigned };
    }
  }

  async #hand({ spend, signature, place }: Letter): Promise<void> {
    const { signal: stop } = this.#stop;
    const tell = (state: PostingState): void => {
      if (!stop.aborted) this.state.value = state;
    };
    const received = await submit({
      kind: slipKind("spend", PROGRAMMES),
      message: exact(spend),
      signature,
      extra: place ? exact({ index: place.index, each: place.each, proof: place.proof }) : {},
    });
    const onItsWay = (state: SlipState): void => {
      if (state !== "confirmed" && state !== "rejected" && state !== "expired") tell({ at: "posting", slip: state });
    };
    const end = await follow(received, ({ state }) => onItsWay(state), stop);
    if (end.state === "rejected") throw refusalOf(end);
    if (end.state === "expired") return tell({ at: "expired" });
    tell({ at: "looking" });
    tell((await isSeen(spend, stop)) ? { at: "paid", spend } : { at: "unseen" });
  }
}

/** The office's word is not enough to hand goods over. */
async function isSeen(spend: Spend, stop: AbortSignal): Promise<boolean> {
  for (let look = 0; look < LOOKS && !stop.aborted; look += 1) {
    if (await isPaid(spend)) return true;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return false;
}

/** Whole numbers as the post office takes them. */
const exact = (message: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(message).map(([name, value]) => [name, typeof value === "number" ? BigInt(value) : value]),
  );
