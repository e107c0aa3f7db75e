import type { tax as fr } from "../fr/tax";

export const tax: typeof fr = {
  title: (year) => `Land tax ${year}`,
  lead: (name) => `Parcel ${name}`,
  amount: "To pay",
  year: "Year",
  account: "In the name of",
  paid: "paid",
  due: "to pay",
  pay: (amount) => `Pay ${amount}`,
  explain: (amount, year, name) => `You pay ${amount} of land tax ${year}, parcel ${name}`,
  to: "To",
  town: (name) => `the town of ${name}`,
  receipt: "Receipt",
  receiptNote: "This receipt is the hash of your payment; the town and you find it on the chain.",
  done: "Tax paid.",
  notOnRoll: "This line is not on the year's roll.",
  forged: "The published roll is not the one that the town sealed: do not pay, tell the town hall.",
  anyone: "Anyone may pay for you.",
};
