import type { refusals as fr } from "../fr/refusals";

export const refusals: typeof fr = {
  Attestations_NoName: () => "Give the schema a name.",
  Attestations_NoSchema: (schema) => `There is no schema ${schema}.`,
  Attestations_NotAccreditor: () => "Only the account that opened this schema may do that.",
  Attestations_EndsInThePast: () => "This accreditation would end before now.",
  Attestations_NotAccredited: () => "The accreditation is over, or was never given: ask for it.",
  Attestations_NoAccount: () => "The address of the issuer is missing.",
  Attestations_NotNext: (next) => `Another batch came before: seal this one anew, from number ${next} on.`,
  Attestations_NoBatch: () => "This batch has no papers, or too many.",
  Attestations_RootTwice: () => "This batch was issued already.",
  Attestations_NotIssued: (next) => `Only papers before number ${next} were issued.`,
  Attestations_NothingNew: () => "These papers are revoked already.",
  Attestations_TwoRanges: () => "Disowned numbers follow each other: revoke those that stand apart.",
  Attestations_DoesNotHold: (number) => `Paper ${number} does not hold now.`,
  Attestations_UsedOnce: (number) => `Paper ${number} was used already.`,
};
