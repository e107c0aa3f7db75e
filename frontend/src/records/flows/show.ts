import type { Address } from "viem";
import { ActError } from "../../chain/problem";
import { signTyped } from "../../wallet/signing";
import { clock_s } from "../clock";
import { NOBODY, type OwnPaper } from "../paper/paper";
import { type Ask, FRESH_S, type Showing, show, typedShowing } from "../paper/showing";
import { faultTold } from "../told";
import { papers } from "../words/papers";

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
): Promise<Showing> {
  const { subject, number } = own.paper;
  const draft = show(own, fields, ask, await clock_s());
  if (subject === NOBODY) return draft;
  if (account?.toLowerCase() !== subject.toLowerCase()) {
    throw new ActError({ kind: "told", sentence: faultTold({ kind: "wrongKey", account: subject }) });
  }
  const w = papers().show.signing;
  const signature = await signTyped(account as Address, typedShowing(draft), {
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
  return { ...draft, signature };
}
