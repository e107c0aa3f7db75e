import type { money as fr } from "../fr/money";

export const money: typeof fr = {
  pay: {
    signing: {
      title: (amount: string, to: string) => `Pay ${amount} to ${to}`,
      amount: "Amount",
      to: "To",
      address: "Address",
      reference: "Reference",
    },
  },
};
