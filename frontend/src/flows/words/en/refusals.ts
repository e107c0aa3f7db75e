import { formatCents, formatMoment } from "../../../words/format";
import type { Refusals } from "../../../words/refusal";

const amount = (cents: unknown): string => formatCents(BigInt(cents as bigint));
const moment = (seconds: unknown): string => formatMoment(seconds as bigint);

/** What operations of energy refuse, and what to do. */
export const refusals = {
  Clearing_InvalidParties: () => "An operation has an organiser and an arbiter, two different accounts.",
  Clearing_InvalidHours: (most) => `Delays are from one hour to ${most} hours.`,
  Clearing_NotOpened: () => "Nobody opened this operation.",
  Clearing_NoAmount: () => "Give an amount above zero.",
  Clearing_BalanceTooLow: (balance) => `You have only ${amount(balance)} in the operation.`,
  Clearing_NotNext: (next) => `The next statement is no. ${next}.`,
  Clearing_PeriodSettled: (settled) => `Periods up to ${settled} are settled.`,
  Clearing_StillOpen: (until) => `Another statement may still be settled, until ${moment(until)}.`,
  Clearing_LinesOutOfBounds: (_, most) => `A statement has one to ${most} lines.`,
  Clearing_OtherStatement: () => "The organiser stated something else meanwhile: read again before you sign.",
  Clearing_WrongStatus: () => "It is not the time for this, or no longer: look where the period stands.",
  Clearing_AlreadyContested: () => "You have contested this period already.",
  Clearing_MayNotContest: () => "Organiser and arbiter do not contest.",
  Clearing_OnlyRefuter: () => "Only the contract of the meters voids a false statement.",
  Clearing_OtherLines: () => "These lines are not those that were stated.",
  Clearing_LinesUnordered: (place) => `Line no. ${place} is out of its place, or of nothing.`,
  Clearing_NotZeroSum: () => "What the lines charge is not what they pay.",
  Clearing_OrganiserShort: (missing) => `The organiser lacks ${amount(missing)}: let it pay them in first.`,
  Clearing_NothingHeld: () => "Nothing is held for this line: it is ruled on, or was not contested.",
  Clearing_DueTooHigh: (_, held) => `No more can be due than what is held: ${amount(held)}.`,
  Clearing_TooLate: (until) => `The arbiter had until ${moment(until)}: all goes back to the member.`,
  Clearing_TooEarly: (until) => `The arbiter may still rule, until ${moment(until)}.`,
} satisfies Refusals;
