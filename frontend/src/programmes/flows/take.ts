/** What a till makes of a code: a sheet, by which it signs what was asked; or a spend that a phone has signed. */
import { type Address, isAddressEqual } from "viem";
import { now_s } from "../../chain/head";
import { ActError } from "../../chain/problem";
import { type Hex, toHex } from "../../vote/ballot/bytes";
import { readHolder } from "../chain/programmes";
import { type SignedSpend, readSlip } from "../codes";
import { CodeError, readSheet } from "../keys";
import { type TownProgramme, rollOf } from "../published";
import { isStranger, readPurse } from "../purse";
import { refusalOf, unitsTold } from "../told";
import { purse } from "../words/purse";
import { till } from "../words/till";
import { signNow } from "./sheet";
import type { Letter } from "./spend";

const refused = (sentence: string): ActError => new ActError({ kind: "told", sentence });

/** @throws ActError telling why the code does not pay what was asked */
export function takenFrom(code: string, programme: TownProgramme, merchant: Address, units: number): Promise<Letter> {
  const slip = readSlip(code);
  return slip ? ofSlip(slip, programme, merchant, units) : ofSheet(code, programme, merchant, units);
}

async function ofSlip(slip: SignedSpend, programme: TownProgramme, merchant: Address, units: number): Promise<Letter> {
  const { spend } = slip;
  const w = till();
  if (spend.programme !== programme.name) throw refused(w.otherProgramme);
  if (!isAddressEqual(spend.merchant, merchant)) throw refused(w.otherShop);
  if (spend.units !== units) throw refused(w.other(unitsTold(programme, spend.units)));
  if (BigInt(spend.deadline) < (await now_s())) throw refused(w.late);
  const [holder, roll] = await Promise.all([readHolder(programme, spend.holder), rollOf(programme)]);
  // The chain has paid it, but not for these goods: shown once more, it would look like a new payment.
  if (holder.used.has(spend.nonce)) throw refused(w.used);
  return { ...slip, place: holder.isClaimed ? null : (roll?.placeOf(spend.holder) ?? null) };
}

async function ofSheet(code: string, programme: TownProgramme, merchant: Address, units: number): Promise<Letter> {
  const { seed, of } = sheetOf(code);
  if (of !== null && of !== programme.name) throw refused(till().otherProgramme);
  const now = await readPurse({ seed, programme: programme.name });
  if (now === null || (isStranger(now) && now.programme.hasRoll)) throw refused(purse().stranger);
  const why = refusalOf(now, units);
  if (why) throw refused(why);
  return signNow(now, seed, { merchant, units });
}

function sheetOf(code: string): { seed: Hex; of: Hex | null } {
  try {
    const { seed, programme } = readSheet(code);
    return { seed: toHex(seed), of: programme };
  } catch (error) {
    if (error instanceof CodeError) throw refused(purse().faults[error.fault](error.found));
    throw error;
  }
}
