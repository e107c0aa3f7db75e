import type { refusals as fr } from "../fr/refusals";

export const refusals: typeof fr = {
  AccessManagedUnauthorized: () => "This account does not hold that office. Connect the one that does.",
  AccessManagedRequiredDelay: () => "This office acts only after a public delay: announce the act first.",
  ERC20InsufficientBalance: () => "The account has too little. Choose a smaller amount.",
  ERC20InvalidReceiver: () => "This address cannot receive.",
  AccessManagerNotReady: () => "The act is announced, but its delay is not over.",
  AccessManagerExpired: () => "The announcement expired: announce the act again.",
  AccessManagerNotScheduled: () => "This act was not announced: announce it first.",
  AccessManagerAlreadyScheduled: () => "This act is announced already.",
  AccessManagerUnauthorizedCall: () => "This account may not do this.",
  AccessManagerLockedFunction: () => "This function cannot be set so.",
  AccessManagerLockedRole: () => "This role cannot be changed.",
  AccessManagerUnauthorizedAccount: () => "This account does not administer the town. Connect the one that does.",
  AccessManagerUnauthorizedCancel: () => "This account may not cancel this announcement.",
  AccessManagerBadConfirmation: () => "Confirm the renunciation with your own address.",
  ERC20InsufficientAllowance: () => "The allowance given is too small for this amount. Give a larger one.",
  ERC20InvalidApprover: () => "This address cannot allow anything.",
  ERC20InvalidSender: () => "This address cannot pay.",
  ERC20InvalidSpender: () => "This address cannot be allowed to pay.",
  SlipSignature_OutOfGas: () => "Too little gas was sent. Start again: nothing has moved.",
};
