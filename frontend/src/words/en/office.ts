import type { office as fr } from "../fr/office";

export const office: typeof fr = {
  slip_expired: "The act is past its deadline: nothing has moved. Start again.",
  slip_used: "This act already happened. Look at the history.",
  bad_signature: "The signature is not the account’s. Check the connected account, then sign again.",
  too_many: "Too many acts at once. Wait a minute, then try again.",
  not_on_roll: "This account is not on the roll of this consultation.",
  unavailable: "The post office is closed for now. Try again later.",
};
