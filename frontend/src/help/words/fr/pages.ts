/** Help and the accessibility declaration: long texts, each a list of sections. */
interface Section {
  title: string;
  paragraphs: readonly string[];
  list?: readonly string[];
}

export const pages: Record<"help" | "accessibility", { title: string; lead: string; sections: readonly Section[] }> = {
  help: {
    title: "Aide",
    lead: "Beffroi est le guichet de la commune. Tout ce qui se consulte est ouvert à tous ; pour agir, il faut un portefeuille.",
    sections: [
      {
        title: "À quoi ça sert",
        paragraphs: [],
        list: [
          "Payer et être payé en monnaie locale, sans frais. Une unité vaut un euro, gardé en réserve.",
          "Voter aux consultations : votre bulletin est chiffré sur votre appareil, personne ne peut le lire, chacun peut vérifier le compte.",
          "Suivre les promesses des élus, et juger ce qui est tenu.",
          "Voir les parcelles, les titres de propriété et les ventes.",
        ],
      },
      {
        title: "Le portefeuille",
        paragraphs: [
          "C’est une application, ou une extension du navigateur, qui garde votre clé. Avec elle, vous signez vos actes, comme on signe un papier au guichet. La commune ne connaît pas cette clé et ne peut pas signer à votre place.",
          "Installez un portefeuille Ethereum reconnu, notez ses mots de secours sur papier, puis donnez votre adresse (0x…) à la mairie, qui l’inscrit au registre. Revenez ici et choisissez « Se connecter ».",
        ],
      },
      {
        title: "Qui paie les frais",
        paragraphs: [
          "Vous n’avez besoin d’aucune cryptomonnaie. Vous signez ; le bureau de poste de la commune envoie l’acte et paie les frais. Il peut refuser d’envoyer, jamais modifier ce que vous avez signé.",
        ],
      },
      {
        title: "Avant de signer",
        paragraphs: [
          "Cette page dit toujours, en toutes lettres, ce que vous allez signer, sur quel réseau, jusqu’à quand, et qui paie. Votre portefeuille doit montrer la même chose. Au moindre doute, refusez : rien ne bouge.",
        ],
      },
      {
        title: "Si vous perdez votre clé",
        paragraphs: [
          "Allez à la mairie. L’officier d’état civil propose une nouvelle clé ; après un délai public, votre argent et votre inscription passent à la nouvelle. Pendant ce délai, l’ancienne clé peut s’y opposer : une clé volée par un tiers ne suffit pas à vous remplacer, et vous non plus ne pouvez être remplacé en secret.",
        ],
      },
      {
        title: "Ce qui est public",
        paragraphs: [
          "Les paiements, titres et bulletins chiffrés sont publics, attachés à des adresses, sans nom. Vos contacts et les libellés de vos paiements restent dans ce navigateur.",
        ],
      },
      {
        title: "Sans réseau",
        paragraphs: [
          "Ce que vous saisissez est gardé dans ce navigateur. Un acte signé deux fois ne compte qu’une fois.",
        ],
      },
    ],
  },
  accessibility: {
    title: "Déclaration d’accessibilité",
    lead: "Ce service est partiellement conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1), faute d’un audit complet.",
    sections: [
      {
        title: "État de conformité",
        paragraphs: [
          "Partiellement conforme. Aucun audit du RGAA par un tiers n’a été mené : aucun taux de conformité n’est donc annoncé.",
        ],
      },
      {
        title: "Ce qui a été vérifié",
        paragraphs: ["À chaque version, automatiquement, dans Chromium :"],
        list: [
          "les règles WCAG 2.2 A et AA de l’outil axe, sur les vues de ce service, en clair et en sombre ;",
          "le paiement et le vote au clavier seul ;",
          "l’agrandissement à 200 % et la réduction des animations.",
        ],
      },
      {
        title: "Ce qui ne l’a pas été",
        paragraphs: [],
        list: [
          "Aucun essai avec un lecteur d’écran (NVDA, JAWS, VoiceOver, TalkBack) par ses utilisateurs.",
          "Les critères du RGAA qu’aucun outil ne vérifie n’ont pas été évalués un à un.",
          "Les portefeuilles sont des logiciels de tiers : leur accessibilité ne dépend pas de nous.",
        ],
      },
      {
        title: "Contenus qui peuvent gêner",
        paragraphs: [],
        list: [
          "La lecture d’un code par la caméra demande de viser : le texte du code peut être collé à la place.",
          "La carte des parcelles est un dessin : une liste donne les mêmes parcelles.",
          "Les graphiques ont chacun un tableau des mêmes chiffres.",
        ],
      },
      {
        title: "Nous écrire",
        paragraphs: [
          "Si un contenu vous est inaccessible, adressez-vous à la mairie : elle vous donnera l’information sous une autre forme ou fera l’acte avec vous au guichet.",
        ],
      },
      {
        title: "Voies de recours",
        paragraphs: [
          "Sans réponse satisfaisante de la mairie, vous pouvez écrire au Défenseur des droits, contacter son délégué dans votre région, ou lui envoyer un courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.",
        ],
      },
    ],
  },
};
