import type { RedrawFault } from "../../surveying";
import type { WishFault } from "../../wish";
import type { SurveyFault } from "../../../land/survey";

/** Rédiger : le compromis, et les parts de chacun. */
export const drafting = {
  rows: {
    account: "Compte",
    kind: "Droit",
    part: "Part",
    partHint: "Par exemple 1/2. Vide : tout ce qui reste.",
    brings: "Apport",
    bringsHint: "Vide : sa part de ce qui reste à payer.",
    remove: (name: string) => `Retirer ${name.toLowerCase()}`,
  },
  sale: {
    title: "Rédiger un compromis",
    lead: "Un titre ou une part de titre, d’un ou plusieurs vendeurs à un ou plusieurs acheteurs. L’impôt est calculé, les hypothèques sont remboursées sur le prix.",
    parcel: "Parcelle",
    sellers: "Vendeurs",
    sold: (name: string) => `Part cédée par ${name}`,
    held: (share: string) => `Détient ${share}. Vide : ne vend pas.`,
    buyer: (place: number, count: number) => (count === 1 ? "Acheteur" : `Acheteur ${place}`),
    addBuyer: "Ajouter un acheteur",
    usufruct: "Valeur de l’usufruit",
    usufructHint: "En pourcentage de la pleine propriété : le prix se partage ainsi entre usufruit et nue-propriété.",
    price: "Prix",
    deposit: "Dépôt de garantie",
    lender: "Prêteur",
    loan: "Montant prêté",
    loanDue: "Échéance du prêt",
    fee: "Vos émoluments",
    permitCondition: "Sous condition d’une autorisation d’urbanisme",
    loanCondition: "Sous condition d’obtenir le prêt",
    document: "Compromis sur papier",
    check: "Relisez avant de proposer : ce sont les termes que les parties signeront.",
    submit: "Proposer aux parties",
    settleDays: "Délai pour conclure, en jours",
    noOffice: "Sans bureau de poste, le compromis se signe chez le notaire (ape run land sell).",
    yes: "Oui",
    no: "Non",
    faults: {
      noTitle: "Ce titre n’existe pas, ou n’est pas libre.",
      notHeld: "Un vendeur ne détient pas ce qu’il cède : le titre a changé, ou la part est trop grande.",
      unbalanced:
        "Ce qui est acheté n’est pas ce qui est vendu : les parts doivent tomber juste, en propriété et en usage.",
      loanTooLarge: "Le prêt dépasse ce qu’il y a à payer.",
      depositTooLarge: "Le dépôt dépasse ce qu’il y a à payer.",
      chargesTooLarge: "Les hypothèques du titre dépassent le prix, qui doit les rembourser.",
      broughtDiffers:
        "Les apports ne font pas ce qu’il y a à payer : prix, droits et frais, moins le prêt. Laissez-en un vide.",
    } satisfies Record<WishFault, string>,
  },
  acts: {
    enact: {
      name: "Donner, partager ou transmettre un titre",
      meaning:
        "Succession, donation, jugement, partage, rectification : le titre est désormais à ceux que l’acte nomme, et à eux seuls.",
    },
    divide: {
      name: "Diviser une parcelle",
      meaning:
        "Le titre est retiré ; chaque nouvelle parcelle a le sien, avec les mêmes titulaires, les mêmes charges et hypothèques.",
    },
    merge: {
      name: "Réunir des parcelles",
      meaning:
        "Les titres sont retirés ; la nouvelle parcelle a le sien, qui porte les charges et hypothèques de tous.",
    },
  },
  enact: {
    nature: "Nature de l’acte",
    today: "Qui la détient aujourd’hui",
    before: (name: string) => `Parcelle ${name}, avant l’acte`,
    take: "Partir de ces parts",
    all: "Dites toutes les parts telles qu’elles seront : qui n’est pas nommé ne détient plus rien.",
    holder: (place: number, count: number) => (count === 1 ? "Titulaire" : `Titulaire ${place}`),
    add: "Ajouter un titulaire",
    unwhole: "Les parts ne font pas un tout : propriété et usage doivent faire chacun la parcelle entière.",
  },
  redraw: {
    parents: "Parcelles réunies",
    parentsHint: "Les identifiants, séparés par des virgules : les mêmes titulaires dans les mêmes parts.",
    file: "Dessin du géomètre",
    fileHint:
      "Un fichier GeoJSON des seules nouvelles parcelles, comme au cadastre : id et contenance. Il ne quitte pas cet appareil ; l’empreinte de chaque dessin va au registre.",
    child: (place: number) => `Parcelle nouvelle ${place}`,
    drawn: (name: string, area: string, hash: string) => `${name}, ${area}, dessin ${hash}`,
    areas: "Surfaces avant et après",
    when: "Quand",
    before: "avant",
    after: "après",
    sums: (before: string, after: string) => `${before} m² avant, ${after} m² après.`,
    faults: {
      noTitle: "Ce titre n’existe pas, ou n’est pas libre.",
      parts:
        "Une parcelle se divise en deux à huit, et deux à huit se réunissent en une : le fichier n’a que les nouvelles.",
      areas: "Les surfaces ne font pas le même total avant et après.",
      holders: "Ces parcelles ne sont pas aux mêmes titulaires dans les mêmes parts.",
    } satisfies Record<RedrawFault, string>,
    wrong: {
      unreadable: () => "Ce fichier n’est pas un GeoJSON de parcelles.",
      id: (feature: string) => `Élément ${feature} : son identifiant n’est pas celui d’une parcelle.`,
      area: (feature: string) => `Élément ${feature} : sa contenance n’est pas un nombre entier de mètres carrés.`,
      geometry: (feature: string) => `Élément ${feature} : son dessin n’est pas un polygone fermé.`,
      twice: (feature: string) => `Élément ${feature} : cette parcelle est déjà dans le fichier.`,
    } satisfies Record<SurveyFault["wrong"], (feature: string) => string>,
  },
};
