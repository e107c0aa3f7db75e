import type { Refusals } from "../../../words/refusal";

/** What the currency refuses, and what to do. */
export const refusals = {
  LocalCurrency_SlipNotYetValid: () => "Ce paiement n’est pas encore valable. Attendez un instant, puis réessayez.",
  LocalCurrency_SlipExpired: () => "Ce paiement a passé sa date limite : rien n’a bougé. Recommencez.",
  LocalCurrency_SlipUsed: () =>
    "Ce paiement a déjà eu lieu, ou a été annulé. Regardez l’historique avant de recommencer.",
  LocalCurrency_InvalidSignature: () =>
    "La signature n’est pas celle du compte. Vérifiez le compte connecté, puis signez de nouveau.",
  LocalCurrency_OnlyPayee: () => "Seul le bénéficiaire peut encaisser ce paiement.",
  LocalCurrency_OutOfGas: () => "L’envoi avait trop peu de gaz. Recommencez : rien n’a bougé.",
  LocalCurrency_NotRegistered: () => "Un des comptes n’est pas inscrit au registre. Faites-le inscrire à la mairie.",
  LocalCurrency_Frozen: () =>
    "Un des comptes est gelé par décision, ou saisi : il ne peut ni payer ni recevoir. Voyez avec la mairie.",
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
  LocalCurrency_BelowLeast: () => "C’est moins que ce qui se reconvertit. Choisissez un montant plus grand.",
  LocalCurrency_NothingLeft: () => "Il n’y a plus rien sur ce compte pour payer.",
  LocalCurrency_AllowsNoMore: () => "Ce compte a trop souvent quitté le registre : il n’autorise plus personne.",
  LocalCurrency_Replaced: () => "Une autre clé a remplacé celle-ci. Nommez la nouvelle.",
  LocalCurrency_NotTaken: () => "Ce compte ne peut pas recevoir le wei.",
  LocalCurrency_NotOwed: () => "Cette reconversion n’existe pas ou a déjà été réglée.",
  LocalCurrency_BalanceRemains: () =>
    "Ce compte a plus que de la petite monnaie : il ne peut pas quitter le registre avant de l’avoir dépensé.",
  LocalCurrency_Institution: () => "Une institution garde l’argent des autres : elle ne se gèle ni ne se saisit.",
  LocalCurrency_CommonsMustReceive: () =>
    "La caisse commune et sa prochaine clé doivent pouvoir recevoir : elles ne se gèlent pas.",
  LocalCurrency_FreezeUnchanged: () => "Ce compte est déjà dans cet état. Relisez-le.",
  LocalCurrency_SeizurePending: () => "Ce compte est déjà saisi : une saisie finit avant la suivante.",
  LocalCurrency_NothingToSeize: () => "Il n’y a rien à saisir là.",
  LocalCurrency_NoSeizure: () => "Cette saisie n’existe pas ou a pris fin.",
  LocalCurrency_SeizureStands: () => "Cette saisie n’en est pas là. Relisez-la.",
  LocalCurrency_SeizureTooEarly: () => "Le temps de cette saisie n’est pas venu. Rien n’a bougé.",
  LocalCurrency_SeizedElsewhere: () =>
    "L’argent n’a pas encore suivi la clé remplacée. Faites-le d’abord déplacer au registre.",
  LocalCurrency_Retired: () => "L’argent est passé à une autre monnaie : celle-ci est retirée.",
  LocalCurrency_NotRetired: () => "Cette monnaie n’est pas retirée : rien n’est reporté.",
  LocalCurrency_NotPaused: () => "Le gardien arrête la monnaie avant qu’elle ne soit retirée.",
  LocalCurrency_NotSuccessor: () =>
    "L’autre monnaie ne succède pas à celle-ci, ou ne connaît pas encore sa propre caisse commune.",
  LocalCurrency_PredecessorStands: () => "Ce à quoi la monnaie succède n’est pas encore reporté.",
  LocalCurrency_OnlyPredecessor: () => "Seule la monnaie à laquelle celle-ci succède apporte des comptes.",
  LocalCurrency_OnlyResidents: () => "Seul le registre des habitants fait cela.",
  LocalCurrency_PauseUnchanged: () => "La monnaie est déjà dans cet état.",
  LocalCurrency_PauseWithoutWei: () => "L’arrêt s’accompagne d’un wei. Recommencez depuis le bureau du gardien.",
} satisfies Refusals;
