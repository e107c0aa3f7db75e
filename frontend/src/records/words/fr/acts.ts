import type { ActProblem, RegisterProblem } from "../../paper/actaudit";
import { formatDay, formatHash } from "../../../words/format";

type Told<Of extends { kind: string }> = { [Kind in Of["kind"]]: (it: Extract<Of, { kind: Kind }>) => string };

const register: Told<RegisterProblem> = {
  unpublished: ({ first, last, issued_s }) =>
    `Les actes de rang ${first} à ${last}, délivrés le ${formatDay(issued_s)}, ne sont publiés nulle part.`,
  notOnChain: ({ root, count }) =>
    `Un lot publié de ${count} actes, ${formatHash(root)}, n’est pas sur la chaîne, ou a été modifié.`,
  missing: ({ number }) => `${number} manque`,
  twice: ({ number }) => `${number} est donné deux fois.`,
  noNumber: ({ number }) => `« ${number.slice(0, 60)} » n’est pas un numéro : on ne peut voir ce qui manque autour.`,
  unauthorised: ({ call }) => `Aucun acte n’autorise ${call.what}, ${formatHash(call.transaction)}.`,
};

const act: Told<ActProblem> = {
  late: ({ days }) => `publié ${days} jours après le vote, 7 au plus`,
  early: ({ day }) => `daté du ${day}, après sa publication`,
  notDone: () => "ce qu’il autorise n’a pas été fait",
  doneTwice: ({ times }) => `ce qu’il autorise a été fait ${times} fois`,
};

/** Le registre des actes de la commune. */
export const acts = {
  title: "Le registre des actes",
  lead: "Les délibérations, numérotées sans trou : ce qui manque, ou vient tard, est en rouge.",
  none: "La commune n’a publié aucun registre d’actes.",
  unreadable: "Un fichier d’actes a été modifié, ou n’en est pas un :",
  of: (issuer: string) => `Registre de ${issuer}`,
  clean: "Aucun numéro ne manque, rien n’est venu tard.",
  problems: "Ce qui ne va pas",
  byNode: "Comparé à la chaîne, à l’instant.",
  byList: (when: string) => `Le nœud ne répond pas : comparé à ce que la commune a publié le ${when}.`,
  filter: "Chercher un acte",
  filterHint: "Numéro, jour, objet ou matière.",
  found: (found: number, of: number) => `Actes montrés : ${found} sur ${of}`,
  voted: "Voté le",
  published: "Publié le",
  matter: "Matière",
  votes: "Votes",
  voteCounts: (yes: string, no: string, abstained: string) => `${yes} pour, ${no} contre, ${abstained} abstentions`,
  individual: "Acte individuel : son objet et ses noms ne sont pas publiés.",
  proven: "preuve vérifiée",
  document: "Empreinte du texte",
  executedBy: "Exécuté par",
  scdl: "Données ouvertes (SCDL)",
  limit: "La chaîne prouve quand et par qui, non que c’est vrai.",
  told: { register, act },
};
