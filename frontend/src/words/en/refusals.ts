import type { refusals as fr } from "../fr/refusals";

export const refusals: typeof fr = {
  AccessManagedUnauthorized: () => "This account does not hold that office. Connect the one that does.",
  AccessManagedRequiredDelay: () => "This office acts only after a public delay: announce the act first.",
  LocalCurrency_SlipNotYetValid: () => "This payment is not valid yet. Wait a moment, then try again.",
  LocalCurrency_SlipExpired: () => "This payment is past its deadline: nothing has moved. Start again.",
  LocalCurrency_SlipUsed: () =>
    "This payment already happened, or was cancelled. Look at the history before you start again.",
  LocalCurrency_InvalidSignature: () =>
    "The signature is not the account’s. Check the connected account, then sign again.",
  LocalCurrency_OnlyPayee: () => "Only the payee can cash this payment.",
  LocalCurrency_NotRegistered: () => "One of the accounts is not enrolled. Have it enrolled at the town hall.",
  LocalCurrency_Frozen: () =>
    "One of the accounts is frozen by order: it can neither pay nor receive. Ask the town hall.",
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
  LocalCurrency_NotOwed: () => "This redemption does not exist or was settled.",
  ERC20InsufficientBalance: () => "The account has too little. Choose a smaller amount.",
  ERC20InvalidReceiver: () => "This address cannot receive.",
  Residents_RecoveryPending: () => "A change of key is pending for this account: veto it, or wait for its end.",
  Residents_NoRecovery: () => "No change of key is pending for this account.",
  Residents_SlipExpired: () => "This veto is past its deadline. Sign a new one.",
  Residents_InvalidSignature: () => "The veto is not signed by the old key.",
};
