import { formatMoment, formatNumber } from "../../../words/format";
import type { Refusals } from "../../../words/refusal";

const moment = (seconds: unknown): string => formatMoment(seconds as bigint);
const number = (units: unknown): string => formatNumber(units as bigint);

/** What programmes of aid refuse, and what to do. */
export const refusals = {
  Programmes_InvalidTerms: () => "This programme’s dates, length or list do not hold.",
  Programmes_AlreadyOpened: () => "This programme is open already. Another one needs another title.",
  Programmes_NotOpened: () => "Nobody opened this programme: the sheet is from elsewhere.",
  Programmes_OnlySponsor: () => "Only the body that opened this programme may.",
  Programmes_ListsDiffer: () => "Each shop needs a category.",
  Programmes_NoMoney: () => "These are stamps: there is no money behind them.",
  Programmes_NotWholeUnits: (cents) => `The amount must be a multiple of ${number(cents)} cents.`,
  Programmes_NoUnits: () => "Enter more than zero.",
  Programmes_NotFunded: (missing) => `Money is still missing in this programme: ${number(missing)} units.`,
  Programmes_NotYet: (opensAt) => `It is too early: it is spent from ${moment(opensAt)}.`,
  Programmes_Over: (endedAt) => `This programme is over since ${moment(endedAt)}.`,
  Programmes_StillRunning: (endsAt) => `This programme lasts until ${moment(endsAt)}: what is left waits.`,
  Programmes_BeyondPeriod: (until) =>
    `The payment reached beyond the period, which ends ${moment(until)}: make it again.`,
  Programmes_NotAccredited: () => "This shop is not, or no more, accredited for this programme. Nothing is paid.",
  Programmes_Voided: () => "This sheet was voided: it pays no more. Another has to be asked for.",
  Programmes_NonceUsed: () => "This payment has served already. To pay again, make a new one.",
  Programmes_NotOnRoll: () => "This code is not on the programme’s list. The sheet may be of another one.",
  Programmes_RollExceedsTotal: () => "This programme’s list promises more than was announced: tell who opened it.",
  Programmes_AllowanceExceeded: (left) => `That is more than is left on the sheet: ${number(left)} units.`,
  Programmes_DailyCapExceeded: (left) => `That is more than the day’s cap: ${number(left)} units of it are left.`,
  Programmes_GranterExceeds: (left) => `You may grant ${number(left)} more units only.`,
  Programmes_ActGranted: () => "Something was granted for this already.",
  Programmes_NotSpent: () => "This payment never happened: there is nothing to give back.",
  Programmes_RefundExceeds: (left) => `No more is given back than was paid: ${number(left)} units at most.`,
  Programmes_NothingLeft: () => "Nothing is left to give back.",
  Programmes_OnlyItself: () => "Only the contract of programmes does that.",
  Programmes_OutOfGas: () => "Too little gas was sent for so many payments. Nothing moved.",
} satisfies Refusals;
