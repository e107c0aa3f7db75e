import { formatMoment, formatNumber } from "../../../words/format";
import type { Refusals } from "../../../words/refusal";

const moment = (seconds: unknown): string => formatMoment(seconds as bigint);
const number = (units: unknown): string => formatNumber(units as bigint);

/** Ce que les programmes d’aide refusent, et que faire. */
export const refusals = {
  Programmes_InvalidTerms: () => "Ce programme n’a pas de dates, de durée ou de liste qui tiennent.",
  Programmes_AlreadyOpened: () => "Ce programme est déjà ouvert. Un autre a besoin d’un autre titre.",
  Programmes_NotOpened: () => "Personne n’a ouvert ce programme : la feuille est d’ailleurs.",
  Programmes_OnlySponsor: () => "Seul l’organisme qui a ouvert ce programme le peut.",
  Programmes_ListsDiffer: () => "Il faut une catégorie pour chaque commerce.",
  Programmes_NoMoney: () => "Ce sont des timbres : il n’y a pas d’argent derrière.",
  Programmes_NotWholeUnits: (cents) => `Le montant doit être un multiple de ${number(cents)} centimes.`,
  Programmes_NoUnits: () => "Indiquez plus que zéro.",
  Programmes_NotFunded: (missing) => `Il manque encore de l’argent à ce programme : ${number(missing)} unités.`,
  Programmes_NotYet: (opensAt) => `C’est trop tôt : on dépense à partir du ${moment(opensAt)}.`,
  Programmes_Over: (endedAt) => `Ce programme est fini depuis le ${moment(endedAt)}.`,
  Programmes_StillRunning: (endsAt) => `Ce programme dure jusqu’au ${moment(endsAt)} : son solde attend.`,
  Programmes_BeyondPeriod: (until) =>
    `Le paiement allait au-delà de la période, qui finit le ${moment(until)} : refaites-le.`,
  Programmes_NotAccredited: () => "Ce commerce n’est pas, ou plus, agréé pour ce programme. Rien n’est payé.",
  Programmes_Voided: () => "Cette feuille a été annulée : elle ne paie plus. Il faut en demander une autre.",
  Programmes_NonceUsed: () => "Ce paiement a déjà servi. Pour payer encore, faites-en un nouveau.",
  Programmes_NotOnRoll: () => "Ce code n’est pas sur la liste du programme. La feuille est peut-être d’un autre.",
  Programmes_RollExceedsTotal: () => "La liste de ce programme promet plus qu’annoncé : prévenez qui l’a ouvert.",
  Programmes_AllowanceExceeded: (left) => `C’est plus que ce qui reste sur la feuille : ${number(left)} unités.`,
  Programmes_DailyCapExceeded: (left) => `C’est plus que le plafond du jour : il en reste ${number(left)} unités.`,
  Programmes_GranterExceeds: (left) => `Vous ne pouvez plus accorder que ${number(left)} unités.`,
  Programmes_ActGranted: () => "Quelque chose a déjà été accordé pour cela.",
  Programmes_NotSpent: () => "Ce paiement n’a jamais eu lieu : il n’y a rien à rembourser.",
  Programmes_RefundExceeds: (left) =>
    `On ne rembourse pas plus que ce qui a été payé : ${number(left)} unités au plus.`,
  Programmes_NothingLeft: () => "Il ne reste rien à rendre.",
  Programmes_OnlyItself: () => "Le contrat des programmes est seul à le faire.",
  Programmes_OutOfGas: () => "L’envoi était trop court pour tant de paiements. Rien n’a bougé.",
} satisfies Refusals;
