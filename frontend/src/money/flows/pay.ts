import { type Address, type Hex, keccak256, toHex } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { now_s } from "../../chain/head";
import { localCurrencyAbi } from "../../generated/LocalCurrency";
import { nameOf } from "../../parts/Address";
import { formatAmount } from "../../words/format";
import { money } from "../words/money";
import type { SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { theCurrency } from "../../town/currency";
import { kindOf } from "../pages";
import { freeNonce } from "./nonce";

/** What pays: ERC-3009's TransferWithAuthorization. */
const TRANSFER = {
  TransferWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

const DAY_S = 86_400n;

export interface Payment {
  to: Address;
  amount_cents: bigint;
  /** An invoice, a receipt: payable once by each payer. Text, or 32 bytes that stand for themselves. */
  reference?: string;
  /** What the reference stands for, to be shown in its place. */
  memo?: string;
  /** Unix seconds before which it may be posted; a day from now unless told. */
  before_s?: bigint;
}

/** The 32 bytes that stand for a reference on chain, as beffroi.currency.issuing.reference makes them. */
export function referenceHash(text: string): Hex {
  return /^0x[0-9a-fA-F]{64}$/.test(text) ? (text.toLowerCase() as Hex) : keccak256(toHex(text));
}

/** Whether the payer paid, or cancelled, what has this nonce. */
export function isUsed(payer: Address, nonce: Hex): Promise<boolean> {
  const call = { functionName: "authorizationState", args: [payer, nonce] } as const;
  return readContract(chain(), { ...at(theCurrency().contract, localCurrencyAbi), ...call });
}

/** A payment in the page's currency, as its payer signs it. */
export async function pay(payer: Address, { to, amount_cents, reference, memo, before_s }: Payment): Promise<SlipAct> {
  const [currency, kind] = [theCurrency(), kindOf("transfer")];
  const [domain, now, nonce] = await Promise.all([
    domainOf(currency.contract),
    now_s(),
    reference ? referenceHash(reference) : freeNonce(currency.contract, payer),
  ]);
  const message = {
    from: payer,
    to,
    value: amount_cents,
    validAfter: 0n,
    validBefore: before_s ?? now + DAY_S,
    nonce,
  };
  const w = money().pay.signing;
  return {
    kind,
    typed: { domain, types: TRANSFER, primaryType: "TransferWithAuthorization", message },
    explanation: {
      title: w.title(formatAmount(message.value, currency), nameOf(message.to)),
      lines: [
        [w.amount, formatAmount(message.value, currency)],
        [w.to, nameOf(message.to)],
        [w.address, message.to],
        ...(reference ? ([[w.reference, memo ?? reference]] as const) : []),
      ],
      until_s: message.validBefore,
      payer: "town",
    },
    direct: (signature) => ({
      ...at(currency.contract, localCurrencyAbi),
      functionName: "transferWithAuthorization",
      args: [payer, to, amount_cents, 0n, message.validBefore, nonce, signature],
    }),
  };
}
