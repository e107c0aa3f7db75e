import type { Refusals } from "../../../words/refusals";

/** What the vote's and the promises' contracts refuse. */
export const refusals = {
  Consultations_WrongPhase: () => "La consultation n’en est plus là : rechargez la page pour voir où elle en est.",
  Consultations_NotOnRoll: () => "Ce compte n’est pas à cette place de la liste scellée.",
  Consultations_Refused: () =>
    "Le contrat a écarté ce bulletin : déjà voté, signature ou preuve fausse. Faites-en un nouveau.",
  Consultations_NotReplaceable: () => "Un autre bulletin de vous a été compté entre-temps. Faites-en un nouveau.",
  Consultations_BadLength: () => "Ce bulletin n’a pas la bonne longueur. Rechargez la page, puis faites-en un nouveau.",
  Consultations_BadIndex: () => "Cette place n’existe pas sur la liste.",
  Consultations_BadShare: () => "Cette part est fausse : ce n’est pas la bonne clé, ou pas ces totaux.",
  Consultations_ShareAlreadySubmitted: () => "Ce dépositaire a déjà remis sa part.",
  Consultations_UnknownShares: () => "Il manque des parts pour publier le résultat.",
  Consultations_WrongCounts: () => "Ce décompte n’est pas celui des totaux.",
  Promises_SlipExpired: () => "Cet acte a passé sa date limite : rien n’a été fait. Recommencez.",
  Promises_SlipSpent: () => "Cet acte a déjà été fait.",
  Promises_NotSignedBy: () => "Ce n’est pas le compte qui peut faire cet acte.",
  Promises_CounterEvidenceOnce: () => "Vous avez déjà apporté un élément contraire sur cette promesse.",
  Promises_NotAResident: () => "Il faut être inscrit au registre des habitants.",
  Promises_WrongState: () => "La promesse n’en est plus là : elle a été jugée, ou elle l’est en ce moment.",
  Promises_AppealTooLate: () => "Le délai pour faire appel est passé.",
  Promises_AppealOnce: () => "Un appel a déjà été fait.",
  Promises_PetitionedOnce: () => "Vous avez déjà signé cette demande.",
  Promises_NotOnRoll: () => "Seuls ceux qui pouvaient juger ces promesses peuvent demander l’appel.",
  Promises_NotPublished: () => "Le résultat n’a pas encore été publié.",
  Promises_AlreadyPublished: () => "Le résultat est déjà publié.",
  Promises_NoResult: () => "La consultation n’a pas encore de résultat.",
  Promises_SettledTooEarly: () => "Il faut attendre la fin du délai d’appel, ou du jury.",
  Promises_NoEvaluation: () => "Cette évaluation n’existe pas ou est terminée.",
  Promises_MidTermNeverBurns: () => "Une évaluation à mi-mandat informe seulement : elle ne coûte rien.",
} satisfies Refusals;
