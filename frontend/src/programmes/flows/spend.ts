/** A spend, signed by a sheet's key and handed to the post office: no wallet has a part in it. */
import { type Signal, signal } from "@preact/signals";
import type { Address } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { refusalOf } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { now_s } from "../../chain/head";
import { ActError, type Problem, problemOf } from "../../chain/problem";
import { type SlipState, follow, submit } from "../../post/client";
import { slipKind } from "../../town/instances";
import { PROGRAMMES, isPaid } from "../chain/programmes";
import type { SignedSpend } from "../codes";
import { type Holder, nextNonce } from "../holder";
import type { Place } from "../roll";
import { purse } from "../words/purse";
import { type Programme, SPEND, type Spend, beginsAt_s, periodAt } from "../terms";

const VALID_S = 3_600;
const LEAST_S = 900;
const SLACK_S = 300;
const LOOKS = 20;
const PAUSE_MS = 1_000;

/** What is to be spent. */
export interface Wanted {
  merchant: Address;
  units: number;
  /** The one that a till's code asks for. */
  deadline?: number | undefined;
}

/** The last second at which a spend that is signed now may be posted: within the hour, and within the period. */
const lastOf = ({ terms }: Programme, now: number): number =>
  Math.min(now + VALID_S, beginsAt_s(terms, periodAt(terms, now) + 1) - 1);

/**
 * A deadline that no other till draws at the same moment, but once in thousands; good for a quarter of an hour, or
 * half of what is left of the period, and within the hour of a phone whose last block is some minutes older.
 */
export async function drawnDeadline(programme: Programme): Promise<number> {
  const now = Number(await now_s());
  const last = Math.min(lastOf(programme, now), now + VALID_S - SLACK_S);
  const spread = Math.max(last - now - LEAST_S, Math.floor((last - now) / 2), 1);
  return last - ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % spread);
}

/**
 * Units at a merchant, good for an hour and never beyond the period; or until the deadline that its till asked.
 *
 * @throws ActError where a till's code is out of date
 */
export async function signSpend(
  programme: Programme,
  key: PrivateKeyAccount,
  holder: Holder,
  { merchant, units, deadline: asked }: Wanted,
): Promise<SignedSpend> {
  const now = Number(await now_s());
  const last = lastOf(programme, now);
  if (asked !== undefined && (asked <= now || asked > last)) {
    throw new ActError({ kind: "told", sentence: purse().tillLate });
  }
  const nonce = nextNonce(holder);
  const deadline = asked ?? last;
  const spend: Spend = { programme: programme.name, holder: key.address, merchant, units, nonce, deadline };
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
