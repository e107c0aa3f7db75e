import type { Refusals } from "../../../words/refusal";

/** Ce que le registre des papiers refuse, et que faire. */
export const refusals = {
  Attestations_NoName: () => "Donnez un nom au modèle.",
  Attestations_NoSchema: (schema) => `Il n’y a pas de modèle n° ${schema}.`,
  Attestations_NotAccreditor: () => "Seul le compte qui a ouvert ce modèle peut le faire.",
  Attestations_EndsInThePast: () => "Cette habilitation finirait avant maintenant.",
  Attestations_NotAccredited: () => "L’habilitation est terminée, ou n’a jamais été donnée : demandez-la.",
  Attestations_NoAccount: () => "Il manque l’adresse de qui délivre.",
  Attestations_NotNext: (next) => `Un autre lot est passé avant : scellez celui-ci à nouveau, à partir du n° ${next}.`,
  Attestations_NoBatch: () => "Ce lot n’a pas de papiers, ou en a trop.",
  Attestations_RootTwice: () => "Ce lot a déjà été délivré.",
  Attestations_NotIssued: (next) => `Seuls les papiers d’avant le n° ${next} ont été délivrés.`,
  Attestations_NothingNew: () => "Ces papiers sont déjà révoqués.",
  Attestations_TwoRanges: () => "Les numéros désavoués se suivent : révoquez plutôt ceux qui sont à part.",
  Attestations_DoesNotHold: (number) => `Le papier n° ${number} n’est pas valable maintenant.`,
  Attestations_UsedOnce: (number) => `Le papier n° ${number} a déjà servi.`,
} satisfies Refusals;
