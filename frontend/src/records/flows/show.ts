import type { Address } from "viem";
import { ActError } from "../../chain/problem";
import { signTyped } from "../../wallet/signing";
import { clock_s } from "../clock";
import { NOBODY, type OwnPaper } from "../paper/paper";
import { type Ask, FRESH_S, type Showing, show, typedShowing } from "../paper/showing";
import { faultTold } from "../told";
import { papers } from "../words/papers";

/** A showing, and how long it took to make what is signed. */
export interface Made {
  showing: Showing;
  took_ms: number;
}

/**
 * Fields of a paper, signed by whom it is about; sent to nobody, and made without a network.
 *
 * @throws ActError where another account is connected, or they decline
 */
export async function shown(
  own: OwnPaper,
  fields: readonly string[],
  ask: Ask,
  account: Address | undefined,
): Promise<Made> {
  const { subject, number } = own.paper;
  const at_s = await clock_s();
  const start_ms = performance.now();
  const draft = show(own, fields, ask, at_s);
  const typed = typedShowing(draft);
  const took_ms = performance.now() - start_ms;
  if (subject === NOBODY) return { showing: draft, took_ms };
  if (account?.toLowerCase() !== subject.toLowerCase()) {
    throw new ActError({ kind: "told", sentence: faultTold({ kind: "wrongKey", account: subject }) });
  }
  const w = papers().show.signing;
  const signature = await signTyped(account as Address, typed, {
    title: w.title(fields.join(", "), ask.verifier),
    lines: [
      [w.paper, `${own.definition.name}, n° ${number}`],
      ...draft.claims.map(({ name, value }) => [name, value ?? papers().unsaid] as const),
      [w.verifier, ask.verifier],
      [w.nonce, ask.nonce],
    ],
    consequence: papers().linkable,
    until_s: BigInt(draft.at + FRESH_S),
    payer: "nobody",
  });
  return { showing: { ...draft, signature }, took_ms };
}
