/** A town as it is published, by the little that a page needs. */
export const TOWN = {
  manifest: {
    town: "t",
    name: "T",
    chainId: 31337,
    genesisHash: "0x00",
    startBlock: 3,
    contracts: {
      Town: { contract: "Town", address: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8" },
      LocalCurrency: { contract: "LocalCurrency", address: "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc" },
    },
  },
  rpc: "http://127.0.0.1:8545",
  post: null,
  currencies: [{ contract: "LocalCurrency", name: "Lys", symbol: "LYS", offices: {} }],
};

/** The role of the second currency's own treasurer. */
export const HOURS_TREASURER = 0xabcdef012345;
export const HOURS = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

const treasurer = { role: HOURS_TREASURER, holders: [] };

/** The same town with a second currency, whose treasurer is its own. */
export const TWO_CURRENCIES = {
  ...TOWN,
  manifest: {
    ...TOWN.manifest,
    contracts: { ...TOWN.manifest.contracts, TimeCredit: { contract: "LocalCurrency", address: HOURS } },
  },
  currencies: [...TOWN.currencies, { contract: "TimeCredit", name: "Heures", symbol: "HVL", offices: { treasurer } }],
};

/** The same, where land and taxes are paid in the second. */
export const LAND_IN_HOURS = {
  ...TWO_CURRENCIES,
  manifest: {
    ...TWO_CURRENCIES.manifest,
    contracts: {
      ...TWO_CURRENCIES.manifest.contracts,
      Conveyance: { contract: "Conveyance", address: "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65" },
    },
  },
  paidIn: { Conveyance: "TimeCredit" },
};
