import { type Address, zeroHash } from "viem";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import { localCurrencyAbi } from "../../generated/LocalCurrency";
import { formatAmount, formatEuros } from "../../words/format";
import { money } from "../words/money";
import type { SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { theCurrency } from "../../town/currency";
import { kindOf } from "../pages";
import { freeNonce } from "./nonce";
import { referenceHash } from "./pay";

const REDEEM = {
  RedeemWithAuthorization: [
    { name: "from", type: "address" },
    { name: "value", type: "uint256" },
    { name: "ref", type: "bytes32" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

const DAY_S = 86_400n;
const BASIS_POINTS = 10_000n;

/** What the commons keep of a redemption: rounded up, for the town, as the contract does. */
export const redemptionFee = (amount_cents: bigint, fee_bps: number): bigint =>
  (amount_cents * BigInt(fee_bps) + BASIS_POINTS - 1n) / BASIS_POINTS;

export interface Redemption {
  amount_cents: bigint;
  fee_bps: number;
  /** The holder's own: any text, whose fingerprint the chain keeps; "" for none. */
  reference: string;
}

/** Changing money back into euros, as its holder signs it. */
export async function redeem(holder: Address, { amount_cents, fee_bps, reference }: Redemption): Promise<SlipAct> {
  const [currency, kind] = [theCurrency(), kindOf("redeem")];
  const { contract } = currency;
  const [domain, now, nonce] = await Promise.all([domainOf(contract), now_s(), freeNonce(contract, holder)]);
  const ref = reference ? referenceHash(reference) : zeroHash;
  const message = { from: holder, value: amount_cents, ref, validAfter: 0n, validBefore: now + DAY_S, nonce };
  const fee_cents = redemptionFee(message.value, fee_bps);
  const w = money().redeem.signing;
  return {
    kind,
    typed: { domain, types: REDEEM, primaryType: "RedeemWithAuthorization", message },
    explanation: {
      title: w.title(formatAmount(message.value, currency)),
      lines: [
        [w.amount, formatAmount(message.value, currency)],
        [w.fee, formatAmount(fee_cents, currency)],
        [w.get, formatEuros(message.value - fee_cents)],
        ...(reference ? ([[w.reference, reference]] as const) : []),
      ],
      consequence: w.consequence,
      until_s: message.validBefore,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(contract, localCurrencyAbi),
      functionName: "redeemWithAuthorization",
      args: [holder, amount_cents, ref, 0n, message.validBefore, nonce, signature],
    }),
  };
}
