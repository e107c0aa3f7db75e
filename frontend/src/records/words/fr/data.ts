import { formatNumber } from "../../../words/format";
import type { CatalogueProblem } from "../../data/catalogue";
import type { RowsDifference } from "../../data/csvrows";
import type { HistoryProblem } from "../../data/history";
import type { Likeness } from "../../data/verdict";

type Told<Of extends { kind: string }> = { [Kind in Of["kind"]]: (it: Extract<Of, { kind: Kind }>) => string };

const history: Told<HistoryProblem> = {
  noParent: ({ name, first }) => `La version ${name} n’en suit aucune, et n’est pas la première, qui est ${first}.`,
  manyParents: ({ name, count }) => `La version ${name} en suit ${count}, une au plus.`,
  gap: ({ name, number }) => `La version ${name} suit l’attestation n° ${number}, qui n’est publiée nulle part.`,
  otherParent: ({ name, parent, identifier }) => `La version ${name} suit la version ${parent} de ${identifier}.`,
  laterParent: ({ name, parent }) => `La version ${name} suit la version ${parent}, venue après elle.`,
  sameName: ({ name, count }) => `${count} versions s’appellent ${name}.`,
  fork: ({ name, after }) => `Les versions ${after.join(", ")} suivent toutes la version ${name}.`,
  heads: ({ names }) => `Plusieurs versions seraient la dernière : ${names.join(", ")}.`,
  noHead: () => "Aucune version n’est valable : toutes sont révoquées ou désavouées.",
  claimed: ({ count }) => `${count} producteurs ont un jeu de ce nom.`,
};

const catalogue: Told<CatalogueProblem> = {
  context: () => "Le catalogue n’a pas le contexte attendu : ses mots peuvent tromper.",
  shape: () => "Le catalogue dit plus que n’en dit un des nôtres : aucune attestation ne le dit.",
  twice: ({ identifier }) => `${identifier} figure plusieurs fois dans le catalogue.`,
  status: ({ identifier, version }) =>
    `${identifier}, version ${version} : révoquée ou non, le catalogue dit le contraire.`,
  link: ({ identifier, version }) => `${identifier}, version ${version} : des liens mènent ailleurs que chez elle.`,
  untold: ({ identifier, version }) =>
    `Le catalogue ne parle pas de ${identifier}${version === null ? "" : `, version ${version}`}.`,
  paperless: ({ identifier, version }) => `${identifier}, version ${version} : aucune attestation ne le dit.`,
  title: ({ identifier, said, paper }) =>
    `${identifier} : le catalogue écrit « ${said.slice(0, 80)} », l’attestation « ${paper.slice(0, 80)} ».`,
  sha256: ({ identifier, version }) =>
    `${identifier}, version ${version} : l’empreinte n’est pas celle de l’attestation.`,
  size: ({ identifier, version }) => `${identifier}, version ${version} : la taille n’est pas celle de l’attestation.`,
  mediaType: ({ identifier, version }) =>
    `${identifier}, version ${version} : le format n’est pas celui de l’attestation.`,
  paper: ({ identifier, version }) => `${identifier}, version ${version} : l’attestation citée est une autre.`,
};

function rowsTold({ changed, added, missing, places }: RowsDifference): string {
  const counts = [
    [changed, "changées"],
    [added, "en trop"],
    [missing, "absentes"],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${formatNumber(count)} ${word}`);
  const shown = places.slice(0, 5).map((place) => (place === 0 ? "l’en-tête" : `ligne ${place}`));
  return `${told.join(", ")}${shown.length ? ` (${shown.join(", ")}${places.length > 5 ? "…" : ""})` : ""}`;
}

const like: Told<Likeness> = {
  sameRows: ({ version, hasBom, hasCrLf }) => {
    const marks = [hasBom ? "une marque d’ordre au début" : "", hasCrLf ? "des fins de ligne CR LF" : ""].filter(
      Boolean,
    );
    const around = marks.length ? `ce fichier a ${marks.join(" et ")}` : "ce qui entoure les lignes diffère";
    return `Il a les mêmes lignes que la version ${version.name} de ${version.identifier}, mais n’est pas le même fichier : ${around}.`;
  },
  reordered: ({ version }) =>
    `Il a les mêmes lignes que la version ${version.name} de ${version.identifier}, dans un autre ordre.`,
  near: ({ version, how }) =>
    `Il a la plupart des lignes de la version ${version.name} de ${version.identifier}, pas toutes : ${rowsTold(how)}.`,
};

/** Les données ouvertes. */
export const data = {
  title: "Données ouvertes",
  lead: "Les fichiers que la commune publie, chacun avec sa preuve : d’où il vient, et si le vôtre est bien celui-là.",
  none: "Ce site ne publie pas de données.",
  limit: "La chaîne prouve quand et par qui, non que c’est vrai.",
  check: {
    title: "Vérifier un fichier",
    lead: "Il reste dans ce navigateur : seule son empreinte est comparée.",
    label: "Choisir un fichier",
    drop: "ou déposez-le ici",
    busy: (share: string) => `Lecture du fichier : ${share}`,
    unreadable: "Ce fichier ne se lit pas.",
    version: (name: string, title: string) => `C’est la version ${name} de « ${title} ».`,
    latest: "C’est la dernière.",
    older: (name: string) => `Ce n’est plus la dernière : c’est la version ${name}.`,
    doubtful: "On ne sait quelle version est la dernière.",
    back: "Cette version est révoquée ou désavouée.",
    noTowns: "Elle n’est pas de la commune : aucun office n’a ouvert ce modèle.",
    none: (count: number) => `Ce n’est aucune des versions publiées (${count}).`,
    hash: "Empreinte (SHA-256)",
    size: "Taille",
    bytes: (count: string) => `${count} octets`,
    paper: "Attestation",
    paperOf: (number: number, schema: number) => `n° ${number}, modèle n° ${schema}`,
    issuer: "Par",
    issued: "Délivrée le",
    asListed: "d’après ce site",
  },
  row: {
    title: "Montrer une ligne",
    lead: "Une ligne avec sa preuve, sans le reste du fichier.",
    number: "Numéro de la ligne",
    hint: (last: number) => `De 1 à ${last}, après l’en-tête.`,
    fault: "Ce fichier n’a pas de ligne de ce numéro.",
    show: "Montrer",
    save: "Enregistrer la preuve",
    fileName: (identifier: string, version: string, place: number) => `${identifier}-${version}-ligne-${place}.json`,
    good: (place: number, name: string, title: string) =>
      `Ligne ${place} de la version ${name} de « ${title} » : la preuve est bonne.`,
    caption: "La ligne, sous son en-tête",
    unknown: "Son attestation n’est pas parmi celles qui sont publiées et délivrées.",
  },
  reading: {
    good: "Un relevé, signé par son capteur : la preuve est bonne.",
    value: "Relevé",
    sensor: "Capteur",
    when: "Relevé le",
    group: "Capteurs",
  },
  catalogue: {
    title: "Le catalogue",
    byNode: "Comparé à la chaîne, à l’instant.",
    byList: (when: string) => `Le nœud ne répond pas : tout ceci est ce que ce site dit du ${when}.`,
    word: "Descriptions et producteurs sont ce que dit le catalogue.",
    problems: "Ce qui ne va pas",
    unreadable: (path: string, why: string) => `${path} : ${why}`,
    unsealed: (path: string) => `${path} n’est pas sur la chaîne, ou a été modifié.`,
    unshown: (count: number, issuer: string) =>
      count > 1
        ? `${count} attestations de ${issuer} ne sont pas sur ce site : une version plus récente, peut-être.`
        : `Une attestation de ${issuer} n’est pas sur ce site : une version plus récente, peut-être.`,
    unlisted: "absent du catalogue",
    sealless: "sans preuve",
    publisher: "Producteur",
    theme: "Thème",
    page: "En savoir plus",
    versions: "Versions, la dernière en tête",
    version: "Version",
    rows: "Lignes",
    size: "Octets",
    state: "État",
    latest: "la dernière",
    older: "remplacée",
    back: "révoquée",
    save: (file: string) => `Télécharger ${file}`,
    file: "Fichier",
  },
  days: {
    title: "Journées de capteurs",
    lead: "Ce qu’un groupe a relevé ensemble, jamais une personne seule.",
    group: "Capteurs",
    day: "Jour",
    sum: "Total",
    people: "Personnes",
    readings: "Relevés",
    readingsOf: (count: string, of: string) => `${count} sur ${of}`,
    back: "révoquée",
    repeated: "relevé plusieurs fois : l’écart peut être celui d’une seule personne",
    unsaid: "non dit",
  },
  told: { history, catalogue, like },
};
