import type { ActName } from "../../acts";
import type { Fault } from "../../fields";

interface ActWords {
  name: string;
  /** Ce que l’acte fait, avant que le portefeuille ne demande. */
  meaning: string;
}

/** Les bureaux de la mairie : ce que chacun a à faire, et ce que fait chaque acte. */
export const desk = {
  title: "Mon bureau",
  lead: "Ce qui vous attend, le plus pressant d’abord. Chaque acte est expliqué avant d’être signé.",
  noOffice: "Ce compte ne tient aucun bureau de la commune.",
  nothing: "Rien ne vous attend.",
  next: "À faire",
  other: "Autres actes",
  town: "La commune",
  anyone: "Ce que chacun peut faire",
  anyoneNote: "Ces actes sont ouverts à tous : ils terminent ce que le temps a décidé.",
  before: (moment: string) => `avant le ${moment}`,
  late: (moment: string) => `en retard depuis le ${moment}`,
  from: (moment: string) => `possible à partir du ${moment}`,
  about: { parcel: (name: string) => `parcelle ${name}`, amount: (amount: string) => amount },
  holdersReference: "Référence du titulaire",
  open: "Ouvrir",
  ethNote: "Les actes d’un bureau partent de son propre portefeuille, qui paie les frais en ether.",
  forbidden: "Ce compte n’a pas qualité pour cet acte.",
  unknownAct: "Cet acte n’existe pas.",
  act: {
    prepare: "Vérifier et envoyer",
    announce: "Annoncer",
    announceNote: (days: string) =>
      `Votre bureau annonce ses actes : celui-ci pourra être accompli ${days} après l’annonce.`,
    announceTitle: (name: string) => `Vous annoncez : ${name.toLowerCase()}`,
    announced: (moment: string) => `Annoncé. Il pourra être accompli à partir du ${moment}, depuis « Mes annonces ».`,
    carryOut: "Accomplir",
    change: "Modifier",
    done: "L’acte est accompli.",
    announcedDone: "L’acte est annoncé.",
    days: (days: string) => `${days} jours`,
    hours: (hours: string) => `${hours} heures`,
  },
  announced: {
    title: "Mes annonces",
    withdraw: "Retirer l’annonce",
    withdrawTitle: "Vous retirez une annonce",
    withdrawn: "L’annonce est retirée.",
  },
  fields: {
    official: "Élu",
    ends: "Dernier jour du mandat",
    supply: "Capital de départ",
    appointment: "Acte de nomination",
    account: "Compte",
    successor: "Nouvelle clé",
    amount: "Montant",
    reserve: "Réserve en euros",
    price: "Prix",
    reference: "Référence",
    statement: "Relevé bancaire",
    order: "Décision de justice",
    beneficiary: "Au profit de",
    seizure: "Saisie",
    follower: "Contrat du module",
    next: "Monnaie qui succède",
    document: "Pièce justificative",
    redemption: "Reconversion",
    sale: "Vente",
    condition: "Condition",
    permit: "Demande",
    parcel: "Parcelle",
    terms: "Termes (empreinte)",
    kind: "Qualité",
    permitKind: "Nature de la demande (numéro)",
    worth: "Valeur",
    creditor: "Créancier",
    due: "Échéance",
    number: "Inscription",
    factor: "Multiplier les parts par",
  } as Readonly<Record<string, string>>,
  hints: {
    document: "Les mots qui désignent la pièce, ou le fichier lui-même : seule son empreinte quitte cet appareil.",
    parcel: "Les quatorze caractères de l’identifiant.",
    file: "Choisir un fichier",
    fileHash: (hash: string) => `Empreinte du fichier : ${hash}`,
  },
  faults: {
    empty: "À remplir.",
    address: "Ce n’est pas une adresse, ou une lettre en est fausse.",
    amount: "Un montant, par exemple 1 234,50.",
    parcel: "Un identifiant a quatorze caractères, par exemple 59999000AB0017.",
    number: "Un nombre entier.",
    word: "Une empreinte de 32 octets.",
    moment: "Une date.",
    part: "Une part, par exemple 1/2 ; 1 pour la totalité.",
    units: "Le titre ne se compte pas si finement : l’officier du registre peut exprimer ses parts plus finement.",
    left: "Il ne reste rien à prendre.",
    percent: "Un pourcentage entre 0 et 100.",
    past: "C’est déjà passé, à l’heure de la chaîne.",
  } satisfies Record<Fault, string>,
  persons: ["", "habitant", "professionnel", "organisme public", "caisse commune"],
  supplies: [
    { label: "un Cred par habitant", note: "Autant que d’habitants au registre, le jour de l’ouverture." },
    { label: "50 millions de Cred", note: "Le chiffre de Pan-Impact Korea." },
  ],
  acts: {
    issue: {
      name: "Émettre de la monnaie",
      meaning: "Crée cette somme sur le compte, contre les euros reçus. La référence du reçu ne sert qu’une fois.",
    },
    settleRedemption: {
      name: "Régler une reconversion",
      meaning: "Certifie que les euros ont été virés. À faire après le virement, jamais avant.",
    },
    attestReserve: {
      name: "Attester la réserve",
      meaning: "Affirme que la banque détient cette somme en euros. On ne peut émettre au-delà.",
    },
    freeze: { name: "Geler un compte", meaning: "Le compte ne peut plus ni payer ni recevoir, jusqu’au dégel." },
    unfreeze: { name: "Dégeler un compte", meaning: "Le compte peut de nouveau payer et recevoir." },
    seize: {
      name: "Saisir une somme",
      meaning:
        "Gèle le compte et annonce que cette somme ira au bénéficiaire. Rien ne bouge avant la fin du délai ; le gardien peut la suspendre une fois.",
    },
    withdrawSeizure: { name: "Lever une saisie", meaning: "Rien n’est pris, et le compte est de nouveau libre." },
    suspendSeizure: {
      name: "Suspendre une saisie",
      meaning: "Rien n’est pris avant que l’administration de la commune ne décide. Une seule fois.",
    },
    resumeSeizure: {
      name: "Laisser une saisie suivre son cours",
      meaning: "Son délai repart ; ensuite, chacun peut la faire accomplir.",
    },
    annulSeizure: { name: "Annuler une saisie", meaning: "Rien n’est pris, et le compte est de nouveau libre." },
    carryOutSeizure: {
      name: "Accomplir une saisie",
      meaning: "La somme ordonnée, ou ce qu’il en reste, va au bénéficiaire.",
    },
    lapseSeizure: {
      name: "Constater la caducité d’une saisie",
      meaning: "Nul ne l’a accomplie ou tranchée à temps : rien n’est pris, et le compte est de nouveau libre.",
    },
    enrolInstitution: {
      name: "Inscrire une institution",
      meaning:
        "Ce contrat garde l’argent des autres : plus aucun bureau ne pourra le suspendre, le radier, le geler ni le remplacer.",
    },
    removeFollower: {
      name: "Laisser partir un module",
      meaning: "Ce contrat n’apprend plus rien du registre : ni inscription, ni radiation, ni remplacement de clé.",
    },
    retire: {
      name: "Retirer la monnaie",
      meaning:
        "Pour toujours, une fois que le gardien l’a arrêtée : chaque compte est ensuite reporté dans la monnaie qui lui succède. Lisez d’abord le code de celle-ci.",
    },
    freezeTitle: { name: "Geler un titre", meaning: "Le titre ne peut plus changer de mains, jusqu’au dégel." },
    unfreezeTitle: { name: "Dégeler un titre", meaning: "Le titre peut de nouveau changer de mains." },
    cancelByOrder: {
      name: "Annuler une vente",
      meaning: "Met fin à la vente sur décision de justice. Chacun reprend ce qu’il a versé.",
    },
    pause: {
      name: "Suspendre la monnaie",
      meaning: "Plus aucun paiement ne passe, pour personne, jusqu’à la reprise.",
    },
    resume: { name: "Reprendre la monnaie", meaning: "Les paiements passent de nouveau." },
    enrol: {
      name: "Inscrire un compte",
      meaning: "Inscrit ce compte au registre : il peut payer, voter, tenir un titre.",
    },
    proposeRecovery: {
      name: "Remplacer une clé perdue",
      meaning: "Annonce que la nouvelle clé remplacera l’ancienne. L’ancienne peut s’y opposer pendant tout le délai.",
    },
    confirmRecovery: {
      name: "Confirmer le remplacement d’une clé",
      meaning: "Par décision du tribunal : le délai repart, et l’opposition de l’ancienne clé ne compte plus.",
    },
    withdrawRecovery: { name: "Renoncer au remplacement", meaning: "L’ancienne clé reste celle du compte." },
    recover: {
      name: "Accomplir le remplacement",
      meaning: "Argent, titres et droit de vote passent à la nouvelle clé, en une fois.",
    },
    declare: {
      name: "Déclarer la vente à la commune",
      meaning: "Ouvre à la commune son délai pour préempter. Son silence vaut renonciation.",
    },
    meetCondition: {
      name: "Constater une condition remplie",
      meaning: "Cette condition ne fait plus obstacle à la vente.",
    },
    failCondition: {
      name: "Constater une condition défaillie",
      meaning: "La vente est terminée. Chacun reprend ce qu’il a versé.",
    },
    expire: { name: "Constater un délai dépassé", meaning: "La vente est terminée. Chacun reprend ce qu’il a versé." },
    cancelPreempted: {
      name: "Terminer une vente préemptée",
      meaning: "La vente est terminée. Les acheteurs reprennent ce qu’ils ont versé.",
    },
    refund: {
      name: "Rendre un versement",
      meaning: "La vente n’a pas abouti : rend au payeur ce qu’il avait versé. La somme ne peut aller qu’à lui.",
    },
    withdraw: {
      name: "Verser ce qui restait dû",
      meaning: "Verse à son bénéficiaire ce que la conclusion d’une vente n’avait pas pu lui payer.",
    },
    renounce: { name: "Renoncer à préempter", meaning: "La commune laisse cette vente se conclure à ces termes." },
    preempt: {
      name: "Préempter",
      meaning: "La vente prend fin ; la commune achètera par une vente à elle. Cela ne se reprend pas.",
    },
    meetByPermit: {
      name: "Faire valoir l’autorisation",
      meaning: "L’autorisation accordée remplit la condition de la vente.",
    },
    recordPermit: {
      name: "Enregistrer une demande d’autorisation",
      meaning: "Inscrit une demande déposée sur papier. Le délai court ; le silence accorde.",
    },
    value: {
      name: "Évaluer un titre",
      meaning: "Inscrit une évaluation au nom de ce bureau ; les précédentes restent.",
    },
    openMandate: {
      name: "Ouvrir un mandat",
      meaning:
        "L’élu pourra déposer ses promesses, et miser sur elles ce capital. Seule l’empreinte de l’acte est publiée.",
    },
    grantPermit: { name: "Accorder l’autorisation", meaning: "Le demandeur peut construire." },
    refusePermit: {
      name: "Refuser l’autorisation",
      meaning: "Le demandeur ne peut pas construire. Le motif est dans la pièce.",
    },
    extendPermit: {
      name: "Prolonger l’instruction",
      meaning: "Donne à la commune une fois encore le même délai. Une seule fois.",
    },
    rescale: {
      name: "Exprimer les parts plus finement",
      meaning:
        "Multiplie toutes les parts du titre et le tout : chacun garde la sienne, qui peut ensuite être divisée.",
    },
    inscribe: { name: "Inscrire une hypothèque", meaning: "L’hypothèque prend rang après toutes les autres." },
    discharge: { name: "Radier une hypothèque", meaning: "L’hypothèque s’éteint ; celles d’après avancent d’un rang." },
  } satisfies Record<ActName, ActWords>,
  signed: {
    openSale: {
      name: "Ouvrir la vente",
      meaning: "Tous ont signé le compromis : le titre est bloqué, le dépôt attendu.",
    },
    amendSale: { name: "Passer l’avenant", meaning: "Tous ont signé : ces termes remplacent les précédents." },
    settleSale: {
      name: "Conclure la vente",
      meaning: "Le titre passe, les hypothèques payées s’éteignent, chacun est payé, en une seule transaction.",
    },
    drawDeed: {
      name: "Préparer l’acte de vente",
      meaning: "Propose aux parties l’acte de vente, à signer aux termes en vigueur.",
    },
    waiting: "Pas encore :",
    lacks: {
      ripe: "dépôt, conditions, préemption ou prix manquent encore",
      early: (moment: string) => `l’acheteur peut encore se rétracter jusqu’au ${moment}`,
      signatures: (signed: number, all: number) => `${signed} ${signed > 1 ? "signatures" : "signature"} sur ${all}`,
    },
  },
  attest: {
    title: "Attester un acte",
    lead: "Deux bureaux concourent : le notaire atteste l’acte, l’officier du registre l’accomplit. Aucun ne peut seul.",
    submit: "Attester",
    explain: (name: string) => `Vous attestez : ${name.toLowerCase()}`,
    handOver: "Remettez ce lien à l’officier du registre, avec les pièces :",
    until: "Vaut jusqu’au",
    done: "L’acte est attesté.",
  },
  concur: {
    title: "Actes attestés",
    none: "Aucun acte attesté n’attend.",
    count: (acts: number) => (acts === 1 ? "Un acte attesté vous attend" : `${acts} actes attestés vous attendent`),
    hash: "Empreinte de l’acte",
    by: "Attesté par",
    until: "Vaut jusqu’au",
    paste: "L’acte remis par le notaire (lien ou texte commençant par 0x)",
    read: "Lire l’acte",
    notAttested: "Personne n’a attesté cet acte, ou l’attestation n’a plus cours.",
    unreadable: "Ce texte n’est pas un acte du registre.",
    carryOut: "Accomplir l’acte",
    attested: "Attesté par le notaire",
    explain: (name: string) => `Vous accomplissez : ${name.toLowerCase()}`,
  },
};
