import { formatMoment } from "../../../words/format";
import type { refusals as fr } from "../fr/refusals";

const moment = (seconds: unknown): string => formatMoment(BigInt(String(seconds)));

export const refusals: typeof fr = {
  Residents_RecoveryPending: () => "A change of key is pending for this account: veto it, or wait for its end.",
  Residents_NoRecovery: () => "No change of key is pending for this account.",
  Residents_SlipExpired: () => "This veto is past its deadline. Sign a new one.",
  Residents_InvalidSignature: () => "The veto is not signed by the old key.",
  Residents_AlreadyKnown: () => "The register knows this account already.",
  Residents_WrongStanding: () => "This account's standing does not allow this act.",
  Residents_TooEarly: (from) => `It is too early: possible from ${moment(from)}.`,
  Residents_AlreadyFollows: () => "This module follows the register already.",
  Residents_CommitmentsMismatch: () => "There are more or fewer commitments than accounts. Check the list.",
  Residents_NoAccount: () => "An address is missing in the list.",
  Residents_NoKind: () => "Choose what the accounts are: resident, professional, public body.",
  Residents_NotAContract: () => "This address is no contract.",
  Residents_NotAFollower: () => "This module does not follow the register.",
  Residents_TooManyFollowers: () => "The register has no room for another module.",
};
