/** A shop gives units of a spend back, and their money. */
import { type Address, isAddressEqual } from "viem";
import { ActError } from "../../chain/problem";
import type { DirectAct, SlipAct } from "../../acts/act";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import { programmesAbi } from "../../generated/Programmes";
import { paymentTo } from "../../land/flows/receive";
import { fundingNonce, newSalt } from "../../land/funding";
import { slipKind } from "../../town/instances";
import type { Explanation } from "../../wallet/signing";
import { PROGRAMMES } from "../chain/programmes";
import type { SignedSpend } from "../codes";
import type { TownProgramme } from "../published";
import { refundPurpose } from "../terms";
import { unitsTold } from "../told";
import { till } from "../words/till";

const DAY_S = 86_400n;

const explained = (programme: TownProgramme, { spend }: SignedSpend, units: number): Explanation => {
  const w = till();
  return {
    title: w.refundExplain(unitsTold(programme, units)),
    lines: [[w.refundOf, unitsTold(programme, spend.units)]],
    consequence: w.refundWhere,
    until_s: null,
    payer: "self",
  };
};

const argsOf = ({ spend: { programme, ...spend }, signature }: SignedSpend, units: number) =>
  [programme, { ...spend, signature }, units] as const;

/** By a currency slip whose nonce hashes the refund: it pays for no other. */
export async function refundMoney(
  payer: Address,
  programme: TownProgramme,
  signed: SignedSpend,
  units: number,
): Promise<SlipAct> {
  const { spend, signature } = signed;
  if (!isAddressEqual(payer, spend.merchant)) throw new ActError({ kind: "otherAccount" });
  const salt = newSalt();
  const before = (await now_s()) + DAY_S;
  const cents = BigInt(units) * BigInt(programme.terms.unit_cents);
  const nonce = fundingNonce(refundPurpose(spend, units), salt);
  return {
    kind: slipKind("refund", PROGRAMMES),
    typed: await paymentTo(PROGRAMMES, payer, cents, before, nonce),
    extra: {
      programme: spend.programme,
      holder: spend.holder,
      spent: BigInt(spend.units),
      nonce: BigInt(spend.nonce),
      deadline: BigInt(spend.deadline),
      signature,
      units: BigInt(units),
      salt,
    },
    explanation: { ...explained(programme, signed, units), until_s: before, payer: "town" },
    direct: (own) => ({
      ...at(PROGRAMMES, programmesAbi),
      functionName: "refundBySlip",
      args: [...argsOf(signed, units), 0n, before, salt, own],
    }),
  };
}

/** Stamps have no money that a slip could pay: the shop's own transaction. */
export const refundStamps = (programme: TownProgramme, signed: SignedSpend, units: number): DirectAct => ({
  call: { ...at(PROGRAMMES, programmesAbi), functionName: "refund", args: argsOf(signed, units) },
  explanation: explained(programme, signed, units),
});
