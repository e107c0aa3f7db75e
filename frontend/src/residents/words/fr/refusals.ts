import { formatMoment } from "../../../words/format";
import type { Refusals } from "../../../words/refusal";

const moment = (seconds: unknown): string => formatMoment(BigInt(String(seconds)));

/** What the register of residents refuses, and what to do. */
export const refusals = {
  Residents_RecoveryPending: () =>
    "Un changement de clé est en attente pour ce compte : opposez-vous, ou attendez sa fin.",
  Residents_NoRecovery: () => "Aucun changement de clé n’est en attente pour ce compte.",
  Residents_InstitutionIsAdmins: () => "Seule l’administration de la ville inscrit une institution.",
  Residents_Institution: () =>
    "Ce contrat garde l’argent des autres : on ne le suspend, ne le radie ni ne le remplace jamais.",
  Residents_Vetoed: () => "Une opposition a arrêté ce changement de clé : un tribunal peut le confirmer.",
  Residents_VetoTooLate: () => "Il est trop tard pour s’opposer : le délai est passé.",
  Residents_Confirmed: () => "Un tribunal a confirmé ce changement de clé : on ne peut plus s’y opposer.",
  Residents_NotProposed: () =>
    "L’officier du registre n’a pas proposé cette nouvelle clé, ou un tribunal l’a déjà confirmée.",
  Residents_OutOfGas: () => "Envoyez avec plus de gaz : chaque module a droit à sa part.",
  Residents_NothingToMove: () => "Il ne reste rien à transférer à ce compte.",
  Residents_Lapsed: () =>
    "L’opposition à ce changement de clé date d’un an : l’officier du registre peut le proposer à nouveau.",
  Residents_Behind: () =>
    "Un module n’a pas encore transféré à ce compte ce que la clé perdue détenait : demandez-le-lui d’abord.",
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
