import type { Refusals } from "../../../words/refusal";

/** What promises and credibility refuse, and what to do. */
export const refusals = {
  Promises_CounterEvidenceOnce: () => "Vous avez déjà apporté un élément contraire sur cette promesse.",
  Promises_WrongState: () => "La promesse n’en est plus là : elle a été jugée, ou elle l’est en ce moment.",
  Promises_JudgedAlready: () => "Une promesse de ce mandat a déjà été jugée : on peut seulement y mettre fin.",
  Promises_Cancelled: () => "Ce mandat a été annulé.",
  Promises_MandateOver: () => "Ce mandat est déjà terminé.",
  Promises_NotPledged: () => "L’élu n’a pas encore fixé toutes ses promesses.",
  Promises_OutOfTurn: () => "Cette partie des promesses ne suit pas celles déjà fixées. Rouvrez la page.",
  Promises_NotACitizen: () => "Seul un citoyen inscrit au registre apporte un élément contraire.",
  Promises_RollTooSmall: () => "La liste compte trop peu des citoyens de la commune. Établissez-la à nouveau.",
  Promises_NotSilent: () =>
    "C’est trop tôt : le président du bureau de vote peut encore mettre cette promesse au vote.",
  Promises_NothingNamed: () => "Nommez au moins une promesse.",
  Promises_NotLate: () => "Les dépositaires peuvent encore venir : attendez avant de rendre ces promesses.",
  Promises_OtherRoll: () =>
    "Le vote ne porte pas sur la dernière liste de citoyens scellée. Ouvrez-en un autre, sur celle-ci.",
  Promises_NoticeTooShort: () =>
    "Le vote commencerait trop tôt : celui qui brûle est annoncé aussi longtemps que la charte le veut.",
  Promises_VoteTooShort: () =>
    "Le vote serait trop court : celui qui brûle est ouvert aussi longtemps que la charte le veut.",
  Promises_OtherMinimum: () =>
    "Un vote qui brûle demande aussi peu de bulletins que le règlement le permet : ouvrez-en un autre.",
  Promises_MayNotCall: () => "La commune ne laisse plus mettre de promesses au vote : on peut les déclarer non jugées.",
  Promises_CanBeJudged: () => "Un vote peut être demandé : faites plutôt juger ces promesses.",
  Promises_NoKey: () => "Il manque une clé que personne n’a réservée : aucun vote ne peut être demandé.",
  Promises_OutOfGas: () => "Votre portefeuille a prévu trop peu de gaz. Réessayez avec plus.",
  Appeals_NoResult: () => "Cette évaluation n’a pas de résultat publié, ou elle est terminée.",
  Appeals_Annulled: () => "Le jury a écarté ce résultat.",
  Appeals_TooLate: () => "Le délai pour faire appel est passé.",
  Appeals_Once: () => "L’élu a déjà fait appel.",
  Promises_AlreadyPublished: () => "Le résultat est déjà publié.",
  Promises_NoResult: () => "La consultation n’a pas encore de résultat.",
  Appeals_TooEarly: () => "Il faut attendre la fin du délai d’appel, ou du jury.",
  Promises_NoEvaluation: () => "Cette évaluation n’existe pas ou est terminée.",
  Promises_ConsultationTaken: () => "Cette consultation juge déjà autre chose. Ouvrez-en une autre.",
  Promises_DueOutsideMandate: () => "Une promesse serait due trop tôt, ou après le mandat. Changez sa date.",
  Promises_InvalidMandate: () =>
    "Ce mandat n’a pas de titulaire, pas d’habitants, ou finit dans le passé. Vérifiez-le.",
  Appeals_JuryTooLate: () => "Le délai du jury est passé : son silence a confirmé le résultat.",
  Promises_NoMandate: () => "Ce mandat n’existe pas.",
  Appeals_NoRuling: () => "Le jury doit trancher : confirmer ou écarter.",
  Promises_NotScheduled: () =>
    "La consultation est déjà ouverte, ou n’existe pas : ouvrez-en une qui n’a pas commencé.",
  Appeals_NothingToRule: () => "Il n’y a pas d’appel à juger.",
  Promises_OtherSubject: () => "La consultation demande autre chose que ces promesses.",
  Promises_PledgedOnce: () => "Les promesses de ce mandat sont déjà fixées.",
  Promises_PromiseCount: () => "Il n’y a pas de promesse, ou trop. Vérifiez la liste.",
  Promises_TooEarly: () => "Une de ces promesses n’est pas encore due, et elle a déjà été jugée ou reste sans preuve.",
  Promises_WeightsSum: () => "Les poids ne font pas 100 %. Vérifiez-les.",
  Cred_BurnExceedsBalance: () => "Il reste moins de Cred que ce qui serait brûlé.",
  Cred_NotTransferable: () => "Le Cred ne se donne ni ne se prête.",
  Cred_OnlyPromises: () => "Seul le contrat des promesses fait cela.",
} satisfies Refusals;
