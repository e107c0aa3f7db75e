import { formatMoment } from "../../../words/format";
import type { Refusals } from "../../../words/refusal";

const moment = (seconds: unknown): string => formatMoment(BigInt(String(seconds)));

/** What the register of residents refuses, and what to do. */
export const refusals = {
  Residents_RecoveryPending: () =>
    "Un changement de clé est en attente pour ce compte : opposez-vous, ou attendez sa fin.",
  Residents_NoRecovery: () => "Aucun changement de clé n’est en attente pour ce compte.",
  Residents_SlipExpired: () => "Cette opposition a passé sa date limite. Signez-en une nouvelle.",
  Residents_InvalidSignature: () => "L’opposition n’est pas signée de l’ancienne clé.",
  Residents_AlreadyKnown: () => "Ce compte est déjà connu du registre.",
  Residents_WrongStanding: () => "La situation de ce compte ne permet pas cet acte.",
  Residents_TooEarly: (from) => `C’est trop tôt : possible à partir du ${moment(from)}.`,
  Residents_AlreadyFollows: () => "Ce module suit déjà le registre.",
  Residents_CommitmentsMismatch: () => "Il y a plus ou moins d’engagements que de comptes. Vérifiez la liste.",
  Residents_NoAccount: () => "Une adresse manque dans la liste.",
  Residents_NoKind: () => "Choisissez la qualité des comptes : habitant, professionnel, organisme public.",
  Residents_NotAContract: () => "Cette adresse n’est pas un contrat.",
  Residents_NotAFollower: () => "Ce module ne suit pas le registre.",
  Residents_TooManyFollowers: () => "Le registre n’a plus de place pour un module.",
} satisfies Refusals;
