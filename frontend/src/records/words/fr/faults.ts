import type { ChainDoubt } from "../../chain/attested";
import type { PaperFault } from "../../paper/faults";
import type { Doubt } from "../../paper/showing";
import { formatAddress, formatNumber } from "../../../words/format";

type Told<Of extends { kind: string }> = { [Kind in Of["kind"]]: (it: Extract<Of, { kind: Kind }>) => string };

const TYPES = {
  text: "un texte qui n’est pas vide, sans signe invisible qui déplace ou retourne ce qui est montré",
  integer: "un nombre entier, sans espace ni zéro en tête",
  date: "un jour, comme 2026-01-31",
  boolean: "true ou false",
  address: "une adresse en minuscules, 0x et 40 chiffres hexadécimaux",
  hash: "0x et 64 chiffres hexadécimaux en minuscules",
} as const;

/** Pourquoi un fichier ou une valeur est refusé. */
const papers: Told<Exclude<PaperFault, { kind: "wrongLine" }>> = {
  unreadable: ({ where }) => `Ce fichier n’est pas de la forme attendue${where && ` (${where})`}.`,
  noSchema: () => "Ce n’est pas un modèle : il faut un nom d’une ligne, et 1 à 64 champs dont chacun a son propre nom.",
  unknownField: ({ field }) => `Le modèle n’a pas de champ « ${field} ».`,
  missingValue: ({ field }) => `Le champ « ${field} » est à remplir.`,
  wrongValue: ({ field, value, type }) => `${field} : « ${value.slice(0, 60)} » n’est pas ${TYPES[type]}.`,
  fieldTwice: ({ field }) => `Le champ « ${field} » est nommé deux fois.`,
  notSealed: () => "Ce papier a été modifié : une valeur, son sel ou son modèle n’est pas ce qui a été scellé.",
  notInBatch: ({ number, count }) =>
    `Le papier n° ${number} n’est pas à sa place dans son lot de ${count} : numéro, titulaire ou dates ont été modifiés.`,
  tooDeep: () => "Trop de papiers reposent les uns sur les autres.",
  otherTown: () => "Ce papier est d’une autre commune, ou d’une autre chaîne.",
  otherRoot: () => "Ce lot a été modifié : ses papiers n’ont pas la racine qu’il annonce.",
  saltTwice: ({ place }) => `Le papier n° ${place} du lot a le sel d’un autre : qui verrait les deux les comparerait.`,
  wrongTimes: ({ place }) => `Le papier n° ${place} du lot finit avant de commencer.`,
  tooLarge: ({ most_bytes }) => `Ce fichier est trop grand : ${formatNumber(most_bytes / 2 ** 20)} Mo au plus.`,
  noPaper: () => "Il n’y a aucun papier.",
  noColumn: ({ column }) => `La colonne « ${column} » manque.`,
  unknownColumn: ({ column }) => `La colonne « ${column} » est inconnue, ou là deux fois.`,
  wrongCells: () => "Il n’y a pas autant de cellules que de colonnes.",
  wrongAccount: ({ value }) => `« ${value.slice(0, 60)} » n’est pas une adresse.`,
  wrongDay: ({ value }) => `« ${value.slice(0, 40)} » n’est pas un jour, comme 2026-01-31.`,
  wrongCopies: ({ value }) => `« ${value.slice(0, 40)} » copies : de 1 à 100.`,
  wrongKey: ({ account }) => `Ce papier est au nom de ${account} : c’est ce compte qui signe.`,
  notOfLots: () => "Ses papiers ne disent rien de lots.",
  noLotEvent: ({ number, field }) => `Le papier ${number} ne dit rien d’un lot : son champ « ${field} » est faux.`,
  noLabel: () => "Ses papiers ne sont pas les certificats d’un label.",
};

/** Pourquoi ne pas se fier à ce qui est montré. */
const shown: Told<Doubt> = {
  shownTwice: ({ field }) => `Le champ « ${field} » est montré deux fois.`,
  otherSchema: ({ name }) => `Le papier n’est pas du modèle « ${name} », ou ses mots ont été changés.`,
  unsaid: ({ field, value }) => `Le papier ne dit pas « ${field} : ${(value ?? "rien").slice(0, 80)} ».`,
  notInBatch: papers.notInBatch as Told<Doubt>["notInBatch"],
  otherVerifier: ({ verifier }) =>
    `Il a été montré à « ${verifier.slice(0, 80)} », ou pour une autre question que la vôtre : quelqu’un le fait passer.`,
  stale: () => "Il n’a pas été signé à l’instant : demandez-le à nouveau, et vérifiez l’heure des deux appareils.",
  aboutNobody: () => "Ce papier n’est au nom de personne : qui en a le fichier peut le montrer.",
  unsigned: ({ subject }) => `${formatAddress(subject)}, à qui est ce papier, ne l’a pas signé.`,
  notYet: () => "Le papier n’est pas encore valable.",
  ended: () => "Le papier n’est plus valable : son terme est passé.",
  otherTown: papers.otherTown as Told<Doubt>["otherTown"],
};

/** Ce que la chaîne en dit. */
const chain: Told<ChainDoubt> = {
  noBatch: ({ paper }) => `Le papier n° ${paper.number} n’a jamais été délivré : son lot n’est pas sur la chaîne.`,
  otherPlaces: ({ paper, first, last }) =>
    `Le papier n° ${paper.number} n’est pas de son lot, qui va du n° ${first} au n° ${last}.`,
  revoked: ({ paper }) => `Le papier n° ${paper.number} est révoqué.`,
  disowned: ({ paper }) => `Le papier n° ${paper.number} est désavoué : il n’a jamais été valable.`,
  holdsNot: ({ paper }) => `Le papier n° ${paper.number} n’est pas en cours de validité, ou a été modifié.`,
  schemaElsewhere: ({ paper }) =>
    `La chaîne ne dit pas ce que disent les papiers du modèle n° ${paper.schema} : demandez-le à qui l’a ouvert.`,
  schemaDiffers: ({ paper, name }) => `Le modèle n° ${paper.schema} est « ${name.slice(0, 80)} », qui dit autre chose.`,
};

export const faults = {
  papers,
  shown,
  chain,
  onLine: (line: number, reason: string) => `Ligne ${line} : ${reason}`,
};
