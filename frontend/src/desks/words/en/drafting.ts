import type { drafting as fr } from "../fr/drafting";

/** Drawing up: the agreement, and everybody's shares. */
export const drafting: typeof fr = {
  rows: {
    account: "Account",
    kind: "Right",
    part: "Share",
    partHint: "For example 1/2. Empty: all that is left.",
    brings: "Brings",
    bringsHint: "Empty: a share of what is left to pay.",
    remove: (name) => `Remove ${name.toLowerCase()}`,
  },
  sale: {
    title: "Draw up an agreement",
    lead: "A title or a share of one, from one or several sellers to one or several buyers. The tax is worked out, mortgages are paid off from the price.",
    parcel: "Parcel",
    sellers: "Sellers",
    sold: (name) => `Share given by ${name}`,
    held: (share) => `Holds ${share}. Empty: does not sell.`,
    buyer: (place, count) => (count === 1 ? "Buyer" : `Buyer ${place}`),
    addBuyer: "Add a buyer",
    usufruct: "What the usufruct is worth",
    usufructHint: "In per cent of full ownership: so the price is shared between usufruct and bare ownership.",
    price: "Price",
    deposit: "Deposit",
    lender: "Lender",
    loan: "Amount lent",
    loanDue: "Loan due",
    fee: "Your fee",
    permitCondition: "On condition of a permit",
    loanCondition: "On condition of the loan",
    document: "Agreement on paper",
    check: "Read it again before you offer it: these are the terms that the parties will sign.",
    submit: "Offer to the parties",
    settleDays: "Days to settle",
    noOffice: "Without a post office the agreement is signed at the notary's (ape run land sell).",
    yes: "Yes",
    no: "No",
    faults: {
      noTitle: "There is no such title, or it is not free.",
      notHeld: "A seller does not hold what is given: the title changed, or the share is too large.",
      unbalanced: "What is bought is not what is sold: shares must be equal, in ownership and in use.",
      loanTooLarge: "The loan is more than there is to pay.",
      depositTooLarge: "The deposit is more than there is to pay.",
      chargesTooLarge: "The mortgages on the title are more than the price, which has to pay them off.",
      broughtDiffers:
        "What buyers bring is not what there is to pay: price, tax and fees less the loan. Leave one empty.",
    },
  },
  acts: {
    enact: {
      name: "Give, share out or pass on a title",
      meaning:
        "Succession, gift, judgment, partition, correction: from now on the title belongs to those whom the act names, and to nobody else.",
    },
    divide: {
      name: "Divide a parcel",
      meaning:
        "The title is retired; each new parcel has its own, with the same holders, the same burdens and mortgages.",
    },
    merge: {
      name: "Merge parcels",
      meaning: "The titles are retired; the new parcel has its own, which bears the burdens and mortgages of all.",
    },
  },
  enact: {
    nature: "Kind of act",
    today: "Who holds it today",
    before: (name) => `Parcel ${name}, before the act`,
    take: "Begin with these shares",
    all: "Tell all shares as they will be: whoever is not named holds nothing any more.",
    holder: (place, count) => (count === 1 ? "Holder" : `Holder ${place}`),
    add: "Add a holder",
    unwhole: "The shares make no whole: ownership and use must each make the entire parcel.",
  },
  redraw: {
    parents: "Parcels merged",
    parentsHint: "Their ids, separated by commas: the same holders in the same shares.",
    file: "The surveyor's drawing",
    fileHint:
      "A GeoJSON file of the new parcels alone, as in the cadastre: id and contenance. It does not leave this device; the hash of each drawing goes to the register.",
    child: (place) => `New parcel ${place}`,
    drawn: (name, area, hash) => `${name}, ${area}, drawing ${hash}`,
    areas: "Areas before and after",
    when: "When",
    before: "before",
    after: "after",
    sums: (before, after) => `${before} m² before, ${after} m² after.`,
    faults: {
      noTitle: "There is no such title, or it is not free.",
      parts:
        "A parcel is divided into two to eight, and two to eight are merged into one: the file has the new ones alone.",
      areas: "The areas before and after do not add up to the same.",
      holders: "The same people do not hold these parcels in the same shares.",
    },
    wrong: {
      unreadable: () => "This file is no GeoJSON of parcels.",
      id: (feature) => `Feature ${feature}: its id is not that of a parcel.`,
      area: (feature) => `Feature ${feature}: its contenance is not a whole number of square metres.`,
      geometry: (feature) => `Feature ${feature}: its drawing is no closed polygon.`,
      twice: (feature) => `Feature ${feature}: this parcel is in the file already.`,
    },
  },
};
