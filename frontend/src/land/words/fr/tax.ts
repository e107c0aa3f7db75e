/** The bill of a year’s land tax. */
export const tax = {
  title: (year: string) => `Taxe foncière ${year}`,
  lead: (name: string) => `Parcelle ${name}`,
  amount: "À payer",
  year: "Année",
  account: "Au nom de",
  paid: "payée",
  due: "à payer",
  pay: (amount: string) => `Payer ${amount}`,
  explain: (amount: string, year: string, name: string) =>
    `Vous payez ${amount} de taxe foncière ${year}, parcelle ${name}`,
  to: "À",
  town: (name: string) => `commune de ${name}`,
  receipt: "Reçu",
  receiptNote: "Ce reçu est l’empreinte de votre paiement ; la commune et vous le retrouvez sur la chaîne.",
  done: "Taxe payée.",
  notOnRoll: "Cette ligne n’est pas au rôle de l’année.",
  forged: "Le rôle publié n’est pas celui que la commune a scellé : ne payez pas, prévenez la mairie.",
  anyone: "N’importe qui peut payer pour vous.",
};
