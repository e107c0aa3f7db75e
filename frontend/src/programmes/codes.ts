/** What purse and till show each other as QR codes. */
import { type Address, getAddress, isAddress } from "viem";
import type { Hex } from "../vote/ballot/bytes";
import type { Spend } from "./terms";

/** What a till asks for. */
export interface Asked {
  programme: Hex;
  merchant: Address;
  units: number;
  /** That the slip is to bear: by it a till knows which payment answers it, where another asks as much. */
  deadline: number;
}

/** A spend that its holder signed. */
export interface SignedSpend {
  spend: Spend;
  signature: Hex;
}

const TILL = "beffroi-till";
const SLIP = "beffroi-spend";
const NAME = /^0x[0-9a-f]{64}$/;
const WHOLE = /^\d{1,13}$/;

export const askedText = ({ programme, merchant, units, deadline }: Asked): string =>
  [TILL, programme, merchant, units, deadline].join(" ");

export const slipText = ({ spend, signature }: SignedSpend): string =>
  [SLIP, spend.programme, spend.holder, spend.merchant, spend.units, spend.nonce, spend.deadline, signature].join(" ");

/** Null where it is nothing that a till shows. */
export function readAsked(text: string): Asked | null {
  const [kind, programme = "", merchant = "", units = "", deadline = "", ...more] = text.trim().split(" ");
  const isSound =
    kind === TILL &&
    more.length === 0 &&
    NAME.test(programme) &&
    isAccount(merchant) &&
    [units, deadline].every((it) => WHOLE.test(it));
  if (!isSound) return null;
  return {
    programme: programme as Hex,
    merchant: getAddress(merchant),
    units: Number(units),
    deadline: Number(deadline),
  };
}

/** Null where it is nothing that a purse shows a till. */
export function readSlip(text: string): SignedSpend | null {
  const [kind, programme = "", holder = "", merchant = "", ...rest] = text.trim().split(" ");
  const [units = "", nonce = "", deadline = "", signature = "", ...more] = rest;
  const isSound =
    kind === SLIP &&
    more.length === 0 &&
    NAME.test(programme) &&
    [holder, merchant].every(isAccount) &&
    [units, nonce, deadline].every((it) => WHOLE.test(it)) &&
    /^0x[0-9a-f]{130}$/.test(signature);
  if (!isSound) return null;
  return {
    spend: {
      programme: programme as Hex,
      holder: getAddress(holder),
      merchant: getAddress(merchant),
      units: Number(units),
      nonce: Number(nonce),
      deadline: Number(deadline),
    },
    signature: signature as Hex,
  };
}

const isAccount = (text: string): boolean => isAddress(text, { strict: false });
