import type { Refusals } from "../refusals";

/** What a contract's refusal means, and what to do. Modules add theirs in a file of their own beside this one. */
export const refusals = {
  AccessManagedUnauthorized: () => "Ce compte n’a pas cette fonction dans la commune. Connectez celui qui l’a.",
  AccessManagedRequiredDelay: () => "Cette fonction n’agit qu’après un délai public : annoncez d’abord l’acte.",
  LocalCurrency_SlipNotYetValid: () => "Ce paiement n’est pas encore valable. Attendez un instant, puis réessayez.",
  LocalCurrency_SlipExpired: () => "Ce paiement a passé sa date limite : rien n’a bougé. Recommencez.",
  LocalCurrency_SlipUsed: () =>
    "Ce paiement a déjà eu lieu, ou a été annulé. Regardez l’historique avant de recommencer.",
  LocalCurrency_InvalidSignature: () =>
    "La signature n’est pas celle du compte. Vérifiez le compte connecté, puis signez de nouveau.",
  LocalCurrency_OnlyPayee: () => "Seul le bénéficiaire peut encaisser ce paiement.",
  LocalCurrency_NotRegistered: () => "Un des comptes n’est pas inscrit au registre. Faites-le inscrire à la mairie.",
  LocalCurrency_Frozen: () =>
    "Un des comptes est gelé par décision : il ne peut ni payer ni recevoir. Voyez avec la mairie.",
  LocalCurrency_Suspended: () => "L’inscription du bénéficiaire est suspendue : il ne peut rien recevoir.",
  LocalCurrency_Paused: () => "La monnaie est arrêtée pour urgence. Rien n’est perdu : réessayez plus tard.",
  LocalCurrency_AuditorIssues: () => "Qui peut émettre ne peut pas attester la réserve.",
  LocalCurrency_TooLarge: () => "Ce montant dépasse ce que les livres peuvent tenir. Vérifiez-le.",
  LocalCurrency_ReserveExceeded: () =>
    "La réserve attestée ne couvre pas cette émission. Émettez moins, ou faites attester la réserve.",
  LocalCurrency_ReferenceUsed: () => "Cette référence a déjà servi, ou manque. Chacune ne sert qu’une fois.",
  LocalCurrency_BatchMismatch: () => "Il y a plus ou moins de comptes que de montants. Vérifiez la liste.",
  LocalCurrency_NotRedeemable: () => "Les comptes de cette qualité ne reconvertissent pas en euros.",
  LocalCurrency_NothingToRedeem: () => "Il n’y a rien à reconvertir. Choisissez un montant.",
  LocalCurrency_NotOwed: () => "Cette reconversion n’existe pas ou a déjà été réglée.",
  ERC20InsufficientBalance: () => "Le compte n’a pas assez. Choisissez un montant plus petit.",
  ERC20InvalidReceiver: () => "Cette adresse ne peut rien recevoir.",
  Residents_RecoveryPending: () =>
    "Un changement de clé est en attente pour ce compte : opposez-vous, ou attendez sa fin.",
  Residents_NoRecovery: () => "Aucun changement de clé n’est en attente pour ce compte.",
  Residents_SlipExpired: () => "Cette opposition a passé sa date limite. Signez-en une nouvelle.",
  Residents_InvalidSignature: () => "L’opposition n’est pas signée de l’ancienne clé.",
} satisfies Refusals;
