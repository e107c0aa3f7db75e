import type { Origin } from "../../ballot/rollfile";

/** Ce sur quoi une vérification repose, et ce qu’un second nœud en dit. */
export const grounds = {
  title: "Sur quoi cela repose",
  compareTown:
    "Seul le nœud dit que ce contrat, ces dépositaires et cette liste sont ceux de la commune : comparez-les avec ce qu’elle a publié.",
  node: "Nœud interrogé",
  chain: "Chaîne, et son premier bloc",
  contract: "Contrat",
  closed: "Clos dans le bloc",
  notClosed: "pas encore clos",
  trustees: (needed: string, all: string) => `Dépositaires : ${needed} sur ${all} ouvrent`,
  key: "Clé h des bulletins",
  roll: (size: string) => `Racine de la liste de ${size} inscrits`,
  origin: "D’où vient la liste",
  drawn: ({ contract, block, date, kind }: Origin, isWhole: boolean) =>
    isWhole
      ? `Liste entière de ${kind}, au bloc ${block} (${date}) du registre ${contract} : tirée de nouveau ici.`
      : `Son fichier dit qu’elle est la liste entière de ${kind}, tirée du registre ${contract}, au bloc ${block}, le ${date} ; les événements du registre ne la donnent pas.`,
  notWhole: "Attention : personne n’a montré que la liste des inscrits est entière.",
  old: (days: string) =>
    `Attention : la liste avait ${days} jours. Qui est arrivé, parti ou mort depuis n’y est pas comme tel.`,
  noOrigin: "Elle n’est pas publiée ici : seul le contrat répond de qui s’y trouve.",
  question: "Question",
  options: "Réponses",
  noText: "seule son empreinte est connue ici",
  terms: "Empreinte des termes",
  batches: "Lots de bulletins",
  batchesOf: (batches: string, outside: string) => `${batches}, dont ${outside} hors du temps du vote`,
  outside: (count: string) => `Attention : ${count} lots ont été déposés hors du temps du vote.`,
  outsideNote: (opens: string, closes: string) => `On votait du ${opens} au ${closes}.`,
  totals: "Fin de l’empreinte des totaux",
  second: {
    label: "Un second nœud, tenu par quelqu’un d’autre",
    hint: "Son adresse, https://… : cette page lui demande le même nombre et compare elle-même.",
    ask: "Comparer",
    notUrl: "Une adresse qui commence par https:// ou http://.",
    sameNode: "C’est le nœud que cette page interroge déjà : il dira la même chose.",
    failed: "Le second nœud n’a pas pu être comparé.",
    same: "Le second nœud dit de même : le même bloc, les mêmes bulletins, les mêmes totaux.",
    differs: "Le second nœud dit AUTRE CHOSE. L’un des deux ment ou est en retard : ne vous fiez à aucun.",
    tells: (block: string, ballots: string) =>
      `Pour lui le vote est clos dans le bloc ${block}, avec ${ballots} bulletins.`,
  },
};
