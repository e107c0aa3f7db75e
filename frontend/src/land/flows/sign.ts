import type { Address } from "viem";
import { ActError } from "../../chain/problem";
import type { SlipAct } from "../../acts/act";
import { nameOf as personOf } from "../../parts/Address";
import { serving } from "../../town/instances";
import { formatAmount, formatMoment } from "../../words/format";
import { land } from "../words/land";
import { nameOf, parcelOf } from "../parcel";
import { rightText } from "../parts/Shares";
import type { Deed } from "../reading";
import { domain, homeOf } from "../sales";
import { type Stake, hasLoan, stakeOf, total, typedAct } from "../terms";

/** One's own part in words, for the wallet's screen and the page. */
export function stakeLines(stake: Stake, whole: number): (readonly [string, string])[] {
  const w = land().deed;
  const lines: (readonly [string, string])[] = [];
  for (const right of stake.gives) lines.push([w.youGive, rightText(right, whole)]);
  for (const right of stake.receives) lines.push([w.youReceive, rightText(right, whole)]);
  if (stake.pays_cents > 0n) lines.push([w.youPay, formatAmount(stake.pays_cents)]);
  if (stake.lends_cents > 0n) lines.push([w.youLend, formatAmount(stake.lends_cents)]);
  if (stake.gets_cents > 0n) lines.push([w.youGet, formatAmount(stake.gets_cents)]);
  return lines;
}

/** Signs one's part of an act. `party` is the account as the act names it. */
export function signDeed(party: Address, deed: Deed, whole: number): SlipAct {
  const { terms } = deed;
  const w = land().deed;
  return {
    kind: "deed",
    typed: typedAct(domain(homeOf(deed) ?? serving("Conveyance")), deed),
    letter: { deed: deed.id, party },
    explanation: {
      title: w.explain(w.names[deed.act], nameOf(parcelOf(terms.title))),
      lines: [
        ...stakeLines(stakeOf(terms, party), whole),
        [w.price, formatAmount(terms.price_cents)],
        [w.total, formatAmount(total(terms))],
        ...(hasLoan(terms)
          ? ([[w.loan, w.loanLine(formatAmount(terms.loan.amount_cents), personOf(terms.loan.lender))]] as const)
          : []),
        [w.settleBy, formatMoment(terms.settleBy)],
      ],
      consequence: `${w.meaning[deed.act]} ${w.binding}`,
      until_s: null,
      payer: "town",
    },
    // Signatures are collected by the post office; the chain takes them all at once, from the notary.
    direct: () => {
      throw new ActError({ kind: "offline" });
    },
  };
}
