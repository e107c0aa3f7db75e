import type { Doubt } from "../../lots/finding";
import type { CertificateProblem } from "../../lots/labels";
import type { EventKind, Standing } from "../../lots/event";
import type { State } from "../../lots/ledger";
import { formatDay } from "../../../words/format";

/** What a finding is about, by name, and what was said and what there was. */
export interface Told {
  what: string;
  said: string;
  had: string;
}

const doubts: Readonly<Record<Doubt, (it: Told) => string>> = {
  nowhere: ({ what }) => `${what} : personne ne dit d’où cela vient.`,
  origin: ({ what }) => `${what} : dit sans origine, alors que ce produit se fait d’un autre. Est-ce un second nom ?`,
  cycle: ({ what }) => `${what} : serait fait de lui-même.`,
  early: ({ what }) => `${what} : utilisé avant d’exister.`,
  invented: ({ what, said, had }) => `${what} : ${said} en partent, il n’y en avait que ${had}.`,
  elsewhere: ({ what }) => `${what} : ce colis n’était pas là où on le dit.`,
  unit: ({ what }) => `${what} : compté dans des unités qui ne se convertissent pas.`,
  yield: ({ what, said, had }) =>
    said
      ? `${what} : ${said} en sortent, il ne peut en sortir que ${had}.`
      : `${what} : il en sort plus, toutes sortes ensemble, que ce qui y entre ne peut donner.`,
  late: ({ what }) => `${what} : raconté plus d’un mois après, ou avant que cela n’arrive.`,
  alike: ({ what }) => `${what} : des noms que l’on prend l’un pour l’autre.`,
  twice: ({ what }) => `${what} : le même fait est déclaré deux fois.`,
  same_hash: ({ what }) => `${what} : deux papiers disent autre chose du même événement.`,
  spoken: ({ what }) => `${what} : qui parle là n’est pas qui parle d’habitude en son nom.`,
  one_key: ({ what }) => `${what} : ces déclarants signent de la même clé, ils ne font qu’un.`,
  parents: ({ what }) => `${what} : ce dont il vient n’est pas publié comme il le dit.`,
  taken_back: ({ what }) => `${what} : ce qui en est dit a été retiré.`,
  unsealed: ({ what }) => `${what} : ce qui en est dit n’est pas sur la chaîne.`,
  stranger: ({ what }) => `${what} : ce qui en est dit N’EST PAS de la commune.`,
};

const UNITS: Readonly<Record<string, string>> = {
  KGM: "kg",
  GRM: "g",
  MGM: "mg",
  TNE: "t",
  LBR: "lb",
  ONZ: "oz",
  LTR: "l",
  MLT: "ml",
  CLT: "cl",
  DLT: "dl",
  HLT: "hl",
  MTQ: "m³",
  C62: "unités",
  EA: "unités",
  H87: "pièces",
  PCE: "pièces",
  DZN: "douzaines",
  MTR: "m",
  MMT: "mm",
  CMT: "cm",
  KMT: "km",
};

const events: Readonly<Record<EventKind, string>> = {
  commission: "Commence",
  transform: "Fait",
  pack: "Emballé",
  unpack: "Déballé",
  ship: "Expédié",
  receive: "Reçu",
  consume: "Consommé",
  observe: "Observé",
};

const states: Readonly<Record<State, (who: string) => string>> = {
  held: (who) => `chez ${who}`,
  transit: (who) => (who ? `en route vers ${who}` : "en route, on ne dit vers qui"),
  consumed: (who) => `consommé chez ${who}`,
  packed: (who) => `emballé dans ${who}`,
  claimed: (who) => `${who} dit l’avoir eu, sans que cela y ait été`,
};

const standings: Readonly<Record<Exclude<Standing, "stands">, (what: string) => string>> = {
  revoked: (what) => `${what} : ce qui en est dit a été révoqué`,
  disowned: (what) => `${what} : ce qui en est dit a été désavoué`,
  unsealed: (what) => `${what} : ce qui en est dit n’est pas sur la chaîne`,
  stranger: (what) => `${what} : ce qui en est dit n’est pas de la commune`,
};

/** Pourquoi un certificat ne vaut pas pour un lot ; quand il fut révoqué, si on le sait. */
function certificate(problem: CertificateProblem, revoked_s: number | null): string {
  switch (problem.kind) {
    case "revoked":
      return revoked_s === null
        ? "son certificat est révoqué"
        : `son certificat est révoqué depuis le ${formatDay(revoked_s)}`;
    case "disowned":
      return "son certificat est désavoué : il n’a jamais valu";
    case "unsealed":
      return "son certificat n’est pas sur la chaîne";
    case "stranger":
      return "son label n’est pas de la commune";
    case "issuedLater":
      return `son certificat n’a été délivré que le ${formatDay(problem.at_s)}, après la déclaration`;
    case "ended":
      return `son certificat était terminé, depuis le ${formatDay(problem.at_s)}`;
    case "notBegun":
      return `son certificat ne commence que le ${formatDay(problem.at_s)}`;
    case "unaccredited":
      return `qui le certifie n’était plus habilité, depuis le ${formatDay(problem.at_s)}`;
  }
}

/** D’où vient un lot, ses labels, qui l’a, un rappel. */
export const lots = {
  title: "D’où ça vient",
  lead: "Du champ à l’assiette : de quoi chaque lot est fait, par qui, ce qu’il porte comme labels, qui l’a maintenant.",
  none: "Ce site ne montre aucun lot.",
  filter: "Chercher un lot",
  filterHint: "Son nom, le code imprimé, une adresse, qui l’a fait.",
  found: (shown: number, of: number) => `Lots montrés : ${shown} sur ${of}`,
  byNode: "Comparé à la chaîne, à l’instant.",
  byList: (when: string) => `Le nœud ne répond pas : tout ce qui suit est ce que ce site dit du ${when}.`,
  unreadable: "Un fichier de lots n’en est pas un, ou a été modifié :",
  unsealed: "Ces fichiers ne sont pas sur la chaîne : ne vous y fiez pas",
  unsealedOne: (path: string, count: number) => `${path} (${count} déclaration${count > 1 ? "s" : ""})`,
  strange: "Ces fichiers NE SONT PAS de la commune : ils ne comptent pas",
  towns: "de la commune",
  noTowns: "PAS de la commune",
  ownWord: {
    body: (who: string) => `Qui tient ce label est aussi qui produit : ${who}.`,
    certifier: (who: string) => `Qui certifie est aussi qui produit : ${who}.`,
  },
  yields: (told: string) => `rendement déclaré : au plus ${told}`,
  yield: (quantity: string, of: string) => `${quantity} pour 1\u00a0${of}`,
  unheard: "personne d’entendu ne l’a fait",
  packed: "Ce qui y a été emballé",
  unshown: (who: string, count: number) =>
    `${who} a scellé ${count} déclaration${count > 1 ? "s" : ""} que ce site ne montre pas : un rappel peut en manquer.`,
  wrong: "Ce qui ne va pas",
  clean: "Les comptes tombent juste : rien ne sort de rien.",
  limit: "La chaîne prouve quand et par qui, non que c’est vrai.",
  hash: "Chaque déclaration porte l’empreinte de son événement EPCIS ; cette page ne la recalcule pas.",
  missing: "Ce site ne dit rien de ce lot.",
  all: "Tous les lots",
  lot: (name: string, number: string) => `${name}, lot ${number}`,
  begins: (who: string, when: string) => `Vient de ${who}, le ${when}.`,
  made: (who: string, when: string, of: string) => `Fait par ${who} le ${when}, à partir de : ${of}.`,
  from: (what: string, who: string) => `${what} (${who})`,
  others: (count: number) => `et ${count} autre${count > 1 ? "s" : ""}`,
  unknown: "Personne ne dit d’où il vient.",
  labels: "Labels",
  labelsNone: "Ce site ne montre aucun label.",
  holds: "valable",
  holdsNot: "pas valable pour ce lot",
  behind: "Label tenu par",
  labelWhy: (lot: string, why: string) => `${lot} : ${why}`,
  uncertified: "aucun certificat pour ce produit de ce producteur",
  tree: "Ce qu’il y a dedans",
  by: (what: string, who: string, when: string) => `${what} chez ${who}, le ${when}`,
  cut: "la suite",
  now: "Où il est maintenant",
  nowNone: "Il n’en reste rien : tout est passé dans autre chose.",
  where: "Où",
  quantity: "Quantité",
  code: "Code qui ouvre cette page",
  codeLead: "À coller sur le lot : qui le lit ouvre cette page.",
  recall: "Rappeler ce lot",
  recallTitle: (lot: string) => `Rappel : ${lot}`,
  recallLead: "Ce lot, tout ce qui en a été fait, et chez qui c’est.",
  reached: (count: number) => `${count} lot${count > 1 ? "s" : ""}, ce lot compris.`,
  recallNone: "rien n’en reste",
  print: "Imprimer",
  sheet: "Enregistrer (CSV)",
  sheetName: (lot: string) => `rappel-${lot}.csv`,
  back: "Ce lot",
  columns: { name: "Nom", uri: "Lot", where: "Où", holder: "Détenteur", quantity: "Quantité", unit: "Unité" },
  unit: (code: string) => UNITS[code] ?? code,
  about: (quantity: string) => `environ ${quantity}`,
  doubts,
  events,
  states,
  standings,
  certificate,
};
