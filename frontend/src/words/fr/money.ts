/** Paying, being paid, changing back into euros. */
export const money = {
  pay: {
    signing: {
      title: (amount: string, to: string) => `Payer ${amount} à ${to}`,
      amount: "Montant",
      to: "À",
      address: "Adresse",
      reference: "Référence",
    },
  },
};
