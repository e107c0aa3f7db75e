import type { Refusals } from "../../../words/refusal";

/** What circles that pay by owing refuse, and what to do. */
export const refusals = {
  MutualCredit_NoAmount: () => "Indiquez un montant au-dessus de zéro.",
  MutualCredit_Oneself: () => "On ne se paie pas soi-même, et on ne se porte pas garant de soi-même.",
  MutualCredit_NotActive: () => "Ce compte n’est pas membre actif du cercle. Faites-le inscrire à la mairie.",
  MutualCredit_NotAMember: () => "Un de ces comptes n’a jamais été membre du cercle.",
  MutualCredit_BelowFloor: () => "Cela dépasse ce que ce membre peut devoir. Vendez d’abord, ou payez moins.",
  MutualCredit_AboveCeiling: () => "Ce membre ne peut pas recevoir autant de crédit : qu’il en dépense d’abord.",
  MutualCredit_FloorAboveCeiling: () => "Le plancher dépasse le plafond : une telle dette ne se rembourserait pas.",
  MutualCredit_NoCurrency: () => "Ce cercle n’a pas de monnaie : payez en crédit seulement.",
  MutualCredit_TooMuchCredit: () =>
    "Il y a moins d’argent sur le compte qu’à la signature : le reste dépasserait le crédit accepté. Signez de nouveau.",
  MutualCredit_PaymentFailed: () => "La part en argent n’est pas arrivée : rien n’a bougé.",
  MutualCredit_SlipUsed: () => "Ce paiement en crédit a déjà eu lieu, ou a été annulé.",
  MutualCredit_OutOfGas: () => "L’envoi de ces paiements avait trop peu de gaz : aucun n’est parti. Recommencez.",
  MutualCredit_NotVouched: () => "Ce garant ne garantit pas autant pour ce membre.",
  MutualCredit_VouchInUse: () => "Le membre se sert encore de cette garantie : elle se reprendra quand il aura vendu.",
  MutualCredit_NotGone: () => "Ce membre n’est pas parti depuis assez longtemps.",
  MutualCredit_VouchersFirst: () => "Ses garants portent d’abord leur part. Appelez-les, puis recommencez.",
  MutualCredit_NothingOwed: () => "Ce compte est déjà à zéro.",
  MutualCredit_NotCleared: () => "Ce cercle ne se règle pas à la banque.",
  MutualCredit_AuditorClears: () => "Qui peut inscrire un virement ne peut pas l’attester.",
  MutualCredit_ReferenceUsed: () => "Ce virement est déjà inscrit. Chacun ne l’est qu’une fois.",
  MutualCredit_NotAttested: () => "L’auditeur n’a pas attesté ces lignes. Demandez-les-lui.",
  MutualCredit_LinesUnordered: () => "Les lignes vont par compte croissant, chacun une fois.",
  MutualCredit_NotZeroSum: () => "Ce que les uns paient n’est pas ce que les autres reçoivent.",
  MutualCredit_OnlyResidents: () => "Seul le registre des habitants dit cela au cercle.",
} satisfies Refusals;
