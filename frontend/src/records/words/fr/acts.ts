import type { ActProblem, RegisterProblem } from "../../paper/actaudit";
import { formatDay, formatHash } from "../../../words/format";

type Told<Of extends { kind: string }> = { [Kind in Of["kind"]]: (it: Extract<Of, { kind: Kind }>) => string };

const register: Told<RegisterProblem> = {
  unpublished: ({ first, last, issued_s }) =>
    `Les actes de rang ${first} à ${last}, délivrés le ${formatDay(issued_s)}, ne sont publiés nulle part.`,
  notOnChain: ({ root, count }) =>
    `Un lot publié de ${count} actes, ${formatHash(root)}, n’est pas sur la chaîne, ou a été modifié.`,
  missing: ({ number, last }) => (last === null ? `${number} manque` : `${number} à ${last} manquent`),
  twice: ({ number }) => `${number} est donné deux fois.`,
  noNumber: ({ number }) => `« ${number.slice(0, 60)} » n’est pas un numéro : on ne peut voir ce qui manque autour.`,
  unauthorised: ({ call }) => `Aucun acte n’autorise ${call.what}, ${formatHash(call.transaction)}.`,
};

const act: Told<ActProblem> = {
  late: ({ days }) => `publié ${days} jours après le vote, 7 au plus`,
  early: ({ day }) => `daté du ${day}, après sa publication`,
  noDay: () => "sans jour du vote : on ne sait s’il est venu à temps",
  takenBack: () => "révoqué ou désavoué : il n’autorise rien",
  notDone: () => "ce qu’il autorise n’a pas été fait",
  doneTwice: ({ times }) => `ce qu’il autorise a été fait ${times} fois`,
  doneOnce: ({ acts: count }) => `ce qu’il autorise l’est par ${count} actes`,
  doneBefore: ({ at_s }) => `ce qu’il autorise a été fait le ${formatDay(at_s)}, avant sa publication`,
};

/** Le registre des actes de la commune. */
export const acts = {
  title: "Le registre des actes",
  lead: "Les délibérations, numérotées sans trou : ce qui manque, ou vient tard, est en rouge.",
  none: "Ce site ne montre aucun registre d’actes.",
  unshown: (count: number) =>
    `La chaîne porte ${count} registre${count > 1 ? "s" : ""} d’actes que ce site ne montre pas`,
  unshownOne: (schema: number, issuer: string) => `modèle n° ${schema}, délivré par ${issuer}`,
  unshownWhy: "Chacun peut en ouvrir un : demandez à la mairie lesquels sont les siens.",
  unshownUnasked: "Le nœud ne répond pas : ce site peut taire un registre entier.",
  unreadable: "Un fichier d’actes a été modifié, ou n’en est pas un :",
  of: (issuer: string) => `Registre de ${issuer}`,
  clean: "Aucun numéro ne manque, rien n’est venu tard.",
  problems: "Ce qui ne va pas",
  byNode: "Actes et appels comparés à la chaîne, à l’instant.",
  whose: "Que ce registre soit celui de la commune, seul ce site le dit.",
  byWord: "Ce qui est passé par un autre contrat n’est pas relu ici : « d’après ce site » le signale.",
  elsewhere: (what: string, transaction: string, issuer: string) =>
    `${what}, ${transaction} : autorisé par un acte du registre de ${issuer}.`,
  byList: (when: string) =>
    `Le nœud ne répond pas : tout ce qui suit, manques et appels compris, est ce que ce site dit du ${when}.`,
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
  asListed: "d’après ce site",
  document: "Empreinte du texte",
  executedBy: "Exécuté par",
  executedByWord: "Exécuté par (d’après ce site)",
  scdl: "Données ouvertes (SCDL)",
  limit: "La chaîne prouve quand et par qui, non que c’est vrai.",
  told: { register, act },
};
