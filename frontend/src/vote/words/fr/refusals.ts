import type { Refusals } from "../../../words/refusal";

/** What consultations and key ceremonies refuse, and what to do. */
export const refusals = {
  Consultations_WrongPhase: () => "La consultation n’en est plus là : rechargez la page pour voir où elle en est.",
  Consultations_KeyReserved: () => "Cette clé est réservée par le bureau des votes. Prenez-en une autre.",
  Consultations_NotOnRoll: () => "Ce compte n’est pas à cette place de la liste scellée.",
  Consultations_Refused: () =>
    "Le contrat a écarté ce bulletin : déjà voté, signature ou preuve fausse. Faites-en un nouveau.",
  Consultations_NotReplaceable: () => "Un autre bulletin de vous a été compté entre-temps. Faites-en un nouveau.",
  Consultations_BadLength: () => "Ce bulletin n’a pas la bonne longueur. Rechargez la page, puis faites-en un nouveau.",
  Consultations_BadIndex: () => "Cette place n’existe pas sur la liste.",
  Consultations_BadShare: () => "Cette part est fausse : ce n’est pas la bonne clé, ou pas ces totaux.",
  Consultations_NotSigned: () => "Le compte du dépositaire n’a pas signé cette part. Connectez le bon.",
  Consultations_ShareAlreadySubmitted: () => "Ce dépositaire a déjà remis sa part.",
  Consultations_UnknownShares: () => "Il manque des parts pour publier le résultat.",
  Consultations_WrongCounts: () => "Ce décompte n’est pas celui des totaux.",
  KeyCeremony_Absent: () => "Ce dépositaire a manqué la phase précédente : il ne participe plus.",
  KeyCeremony_AlreadyDone: () => "C’est déjà fait. Attendez la phase suivante.",
  KeyCeremony_BadComplaint: () => "Cette plainte ne prouve rien. Refaites-la avec votre fichier de clé.",
  KeyCeremony_BadKnowledge: () =>
    "La preuve de connaissance de la clé est fausse. Refaites-la avec votre fichier de clé.",
  KeyCeremony_BadLengths: () => "Il manque des parts, ou il y en a trop. Refaites l’étape avec votre fichier de clé.",
  KeyCeremony_BadThreshold: () =>
    "Le nombre de dépositaires, ou le seuil, n’est pas possible : deux au moins, tous au plus.",
  KeyCeremony_Excluded: () => "Ce dépositaire a été exclu.",
  KeyCeremony_NoKey: () => "Cette cérémonie n’a pas encore fait de clé.",
  KeyCeremony_NoShare: () => "Ce compte n’a pas de part de la clé.",
  KeyCeremony_OtherEnrolled: () =>
    "D’autres se sont inscrits que ceux qu’on vous a montrés. Regardez par une autre connexion.",
  KeyCeremony_NotTheDeal: () => "Ce n’est pas ce à quoi vous vous étiez engagé. Prenez le même fichier de clé.",
  KeyCeremony_OwnDeal: () => "On ne se plaint pas de son propre partage.",
  KeyCeremony_NotTheKey: () => "Ce n’est pas la clé que vous aviez présentée. Prenez le même fichier de clé.",
  KeyCeremony_NoConsumer: () => "Le contrat auquel la clé servirait n’existe pas.",
  KeyCeremony_NotConsumer: () => "Cette clé a été faite pour un autre contrat.",
  KeyCeremony_NotSigned: () => "Le compte du dépositaire n’a pas signé cette étape. Connectez le bon.",
  KeyCeremony_OffCurve: () => "Un engagement est mal formé. Refaites l’étape avec votre fichier de clé.",
  KeyCeremony_TooEarly: () => "La phase n’est pas terminée. Attendez sa fin.",
  KeyCeremony_TooLate: () => "La phase est terminée. Passez à la suivante.",
  KeyCeremony_TrusteesNotAscending: () =>
    "Un dépositaire est nommé deux fois, ou la liste n’est pas rangée par adresse.",
  KeyCeremony_WrongDeals: () => "Il manque des contributions pour conclure, ou il y en a trop.",
  KeyCeremony_WrongPhase: () =>
    "Ce n’est pas le moment de cette étape. Rouvrez la page pour voir où en est la cérémonie.",
  KeyCeremony_Used: () => "Cette clé sert déjà à une autre consultation. Faites-en une nouvelle.",
  Rolls_NoRollOf: () => "Il n’y a pas de liste de cette qualité : choisissez de qui elle est.",
  Rolls_NotProposed: () => "Ce n’est pas la dernière liste que le registraire a proposée. Établissez-la à nouveau.",
  Rolls_NotYet: () => "Ce bloc n’est pas terminé. Établissez la liste à un bloc antérieur.",
  Rolls_TooOld: () => "La liste est établie à un bloc de plus d’un jour. Établissez-la maintenant.",
  Rolls_Lapsed: () => "La proposition a plus d’une semaine. Faites établir et proposer la liste à nouveau.",
  Rolls_NotTheTown: () =>
    "La liste a trop de comptes, ou trop peu, pour la commune d’aujourd’hui. Faites-la établir à nouveau.",
  Rolls_Older: () => "Une liste plus récente de cette qualité est déjà scellée. Établissez-la à un bloc ultérieur.",
  Rolls_WrongSize: (_, maximum) => `Une liste compte un compte au moins, et ${String(maximum)} au plus.`,
  Rulebook_BadRoll: () => "La liste n’a personne, ou trop de monde. Scellez-en une autre.",
  Rulebook_OldRoll: () =>
    "Cette liste n’est pas la dernière que deux offices ont scellée, ou a plus d’un an. Faites-en sceller une autre.",
  Rulebook_NoticeTooShort: () =>
    "Le vote commencerait trop tôt : la commune veut qu’on l’apprenne avant. Choisissez une ouverture plus tardive.",
  Rulebook_VoteTooShort: () => "Le vote serait trop court pour la commune. Choisissez une clôture plus tardive.",
  Rulebook_TallyTooEarly: () =>
    "Les dépositaires seraient en retard avant la fin du vote. Laissez-leur du temps après la clôture.",
  Rulebook_MinimumTooLow: () =>
    "Le seuil de secret est plus bas que celui de la commune : un total dirait trop de chaque bulletin. Relevez-le.",
  Rulebook_MinimumTooHigh: () =>
    "Le seuil de secret demande une trop grande part de la liste : le résultat serait retenu. Abaissez-le.",
  Rulebook_BadRule: () => "Les choix de cette consultation ne sont pas possibles ainsi. Revoyez-les.",
  Rulebook_BadSet: () => "Une question a trop de réponses possibles, ou aucune. Revoyez-les.",
  Rulebook_CounterOverflow: () =>
    "Sur une liste aussi longue, ces choix dépasseraient ce qui se compte. Baissez les points.",
  Rulebook_PhaseTooShort: () => "Une phase de la cérémonie est plus courte que la commune ne le veut. Allongez-la.",
  Rulebook_UnsoundFloors: () => "Ces planchers ne protègent personne. Relevez-les.",
  Rulebook_NoticeTooLong: () =>
    "Le vote s’ouvrirait trop tard pour la commune : ce qu’on remet n’est pas décidé. Choisissez une ouverture plus proche.",
  Rulebook_VoteTooLong: () => "Le vote durerait trop longtemps pour la commune. Choisissez une clôture plus proche.",
  Rulebook_TallyTooLate: () => "Les dépositaires auraient trop de temps après le vote. Choisissez un jour plus proche.",
  Rulebook_BallotTooLong: () =>
    "Un bulletin serait trop long pour être posté. Posez moins de questions, ou de plus courtes.",
  Rulebook_PhaseTooLong: () => "Une phase de la cérémonie est plus longue que la commune ne le veut. Raccourcissez-la.",
  Rulebook_UnsoundCeilings: () => "Ces plafonds sont sous leurs planchers, ou ne bornent rien. Revoyez-les.",
  Tally_BadIndex: () => "Les parts des dépositaires ne sont pas dans l’ordre. Recommencez.",
  Tally_BadLengths: () => "Il n’y a pas une part par dépositaire. Recommencez.",
  Secp256k1_OutOfGas: () => "L’envoi avait trop peu de gaz. Recommencez : rien n’a bougé.",
} satisfies Refusals;
