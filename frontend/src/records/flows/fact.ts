import type { Address } from "viem";
import { formatMoment } from "../../words/format";
import { signTyped } from "../../wallet/signing";
import { type FactAct, typedFactAct, withSignature } from "../fact/act";
import { shownText } from "../fact/told";
import { facts } from "../words/facts";

/** An issuer's signature on an act, which is sent to nobody. @throws ActError where the wallet declines */
export async function signFactAct(act: FactAct, account: Address): Promise<FactAct> {
  const w = facts().signing;
  const { fact, number, at, source } = act;
  const value = shownText(act);
  const signature = await signTyped(account, typedFactAct(act), {
    title: value === null ? w.withdraw(fact.name) : w.state(fact.name, value),
    lines: [
      ...(at === null ? [] : [[w.at, formatMoment(at)] as const]),
      [w.number, String(number)],
      [w.source, source],
    ],
    consequence: value === null ? w.withdrawConsequence : w.stateConsequence,
    until_s: BigInt(act.deadline),
    payer: "nobody",
  });
  return withSignature(act, account, signature);
}
