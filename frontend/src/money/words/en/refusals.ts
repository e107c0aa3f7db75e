import type { refusals as fr } from "../fr/refusals";

export const refusals: typeof fr = {
  LocalCurrency_SlipNotYetValid: () => "This payment is not valid yet. Wait a moment, then try again.",
  LocalCurrency_SlipExpired: () => "This payment is past its deadline: nothing has moved. Start again.",
  LocalCurrency_SlipUsed: () =>
    "This payment already happened, or was cancelled. Look at the history before you start again.",
  LocalCurrency_InvalidSignature: () =>
    "The signature is not the account’s. Check the connected account, then sign again.",
  LocalCurrency_OnlyPayee: () => "Only the payee can cash this payment.",
  LocalCurrency_OutOfGas: () => "Too little gas was sent. Start again: nothing has moved.",
  LocalCurrency_NotRegistered: () => "One of the accounts is not enrolled. Have it enrolled at the town hall.",
  LocalCurrency_Frozen: () =>
    "One of the accounts is frozen by order, or seized: it can neither pay nor receive. Ask the town hall.",
  LocalCurrency_Suspended: () => "The payee’s enrolment is suspended: it cannot receive.",
  LocalCurrency_Paused: () => "The money is stopped in an emergency. Nothing is lost: try again later.",
  LocalCurrency_AuditorIssues: () => "Whoever may issue cannot attest the reserve.",
  LocalCurrency_TooLarge: () => "This amount is more than the books can hold. Check it.",
  LocalCurrency_ReserveExceeded: () =>
    "The attested reserve does not cover this issue. Issue less, or have the reserve attested.",
  LocalCurrency_ReferenceUsed: () => "This reference was used before, or is missing. Each serves once.",
  LocalCurrency_BatchMismatch: () => "There are more or fewer accounts than amounts. Check the list.",
  LocalCurrency_NotRedeemable: () => "Accounts of this standing do not change back into euros.",
  LocalCurrency_NothingToRedeem: () => "There is nothing to change back. Choose an amount.",
  LocalCurrency_BelowLeast: () => "This is less than can be changed back. Choose a larger amount.",
  LocalCurrency_NothingLeft: () => "There is nothing left in this account to pay with.",
  LocalCurrency_AllowsNoMore: () => "This account left the register too often: it lets nobody spend for it any more.",
  LocalCurrency_Replaced: () => "Another key has replaced this one. Name the new one.",
  LocalCurrency_NotTaken: () => "This account cannot take the wei.",
  LocalCurrency_NotOwed: () => "This redemption does not exist or was settled.",
  LocalCurrency_BalanceRemains: () =>
    "This account still holds more than small change: it cannot leave the register before it is spent.",
  LocalCurrency_Institution: () => "An institution holds others' money: it is neither frozen nor seized.",
  LocalCurrency_CommonsMustReceive: () =>
    "The common fund and its next key must be able to receive: neither is frozen or seized.",
  LocalCurrency_FreezeUnchanged: () => "This account is in that state already. Read it again.",
  LocalCurrency_SeizurePending: () => "This account is seized already: one seizure ends before the next.",
  LocalCurrency_NothingToSeize: () => "There is nothing to seize there.",
  LocalCurrency_NoSeizure: () => "This seizure does not exist or has ended.",
  LocalCurrency_SeizureStands: () => "This seizure does not stand where that is possible. Read it again.",
  LocalCurrency_SeizureTooEarly: () => "The time of this seizure has not come. Nothing has moved.",
  LocalCurrency_SeizedElsewhere: () =>
    "The money has not followed the recovered key yet. Have it moved in the register first.",
  LocalCurrency_Retired: () => "The money moved on to another currency: this one is retired.",
  LocalCurrency_NotRetired: () => "This currency is not retired: nothing is carried over.",
  LocalCurrency_NotPaused: () => "The guardian stops the currency before it retires.",
  LocalCurrency_NotSuccessor: () =>
    "The other currency does not follow this one, or was not told of its own common fund.",
  LocalCurrency_PredecessorStands: () => "What the currency follows has not come over yet.",
  LocalCurrency_OnlyPredecessor: () => "Only the currency that this one follows brings accounts.",
  LocalCurrency_OnlyResidents: () => "Only the register of residents does this.",
  LocalCurrency_PauseUnchanged: () => "The money is in that state already.",
  LocalCurrency_PauseWithoutWei: () => "A stop comes with one wei. Start again from the guardian’s desk.",
};
