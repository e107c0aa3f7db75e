import type { refusals as fr } from "../fr/refusals";

export const refusals: typeof fr = {
  MutualCredit_NoAmount: () => "Choose an amount above zero.",
  MutualCredit_Oneself: () => "Nobody pays or vouches for themselves.",
  MutualCredit_NotActive: () => "This account is no active member of the circle. Have it enrolled at the town hall.",
  MutualCredit_NotAMember: () => "One of these accounts was never a member of the circle.",
  MutualCredit_BelowFloor: () => "That is beyond what this member may owe. Sell first, or pay less.",
  MutualCredit_AboveCeiling: () => "This member may not be owed so much: they must spend some first.",
  MutualCredit_FloorAboveCeiling: () => "The floor is above the ceiling: such a debt could not be earned back.",
  MutualCredit_NoCurrency: () => "This circle has no currency: pay in credit alone.",
  MutualCredit_TooMuchCredit: () =>
    "The account has less money than when this was signed: the rest would be more credit than agreed. Sign anew.",
  MutualCredit_PaymentFailed: () => "The part in money did not arrive: nothing moved.",
  MutualCredit_SlipUsed: () => "This payment in credit was made already, or cancelled.",
  MutualCredit_OutOfGas: () => "These payments were sent with too little gas: none was made. Try again.",
  MutualCredit_NotVouched: () => "This voucher does not vouch for so much.",
  MutualCredit_VouchInUse: () => "The member still uses this vouch: take it back once they have sold.",
  MutualCredit_NotGone: () => "This member has not been gone for long enough.",
  MutualCredit_VouchersFirst: () => "Their vouchers bear their part first. Call them, then try again.",
  MutualCredit_NothingOwed: () => "This account is at zero already.",
  MutualCredit_NotCleared: () => "This circle is not settled at the bank.",
  MutualCredit_AuditorClears: () => "Whoever may enter a transfer may not attest it.",
  MutualCredit_ReferenceUsed: () => "This transfer is entered already. Each is entered once.",
  MutualCredit_NotAttested: () => "The auditor has not attested these lines. Ask for that.",
  MutualCredit_LinesUnordered: () => "Lines go by increasing account, each once.",
  MutualCredit_NotZeroSum: () => "What some pay is not what the others are paid.",
  MutualCredit_OnlyResidents: () => "Only the register of residents tells the circle that.",
};
