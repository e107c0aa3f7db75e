import { formatMoment } from "../../../words/format";
import type { refusals as fr } from "../fr/refusals";

const moment = (seconds: unknown): string => formatMoment(BigInt(String(seconds)));

export const refusals: typeof fr = {
  Residents_RecoveryPending: () => "A change of key is pending for this account: veto it, or wait for its end.",
  Residents_NoRecovery: () => "No change of key is pending for this account.",
  Residents_InstitutionIsAdmins: () => "Only the town's administration enrols an institution.",
  Residents_Institution: () => "This contract holds others' money: it is never suspended, removed or replaced.",
  Residents_Vetoed: () => "This change of key was vetoed: a court may confirm it.",
  Residents_VetoTooLate: () => "It is too late to veto: the delay is over.",
  Residents_Confirmed: () => "A court confirmed this change of key: it can no longer be vetoed.",
  Residents_NotProposed: () => "The registrar has not proposed this new key, or a court has confirmed it already.",
  Residents_OutOfGas: () => "Send it with more gas: each module was promised its part.",
  Residents_NothingToMove: () => "Nothing is left to be moved to this account.",
  Residents_Lapsed: () => "This change of key was vetoed a year ago: the registrar may propose it anew.",
  Residents_Behind: () =>
    "A module has not moved what the lost key held to this account: ask it to move it again first.",
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
