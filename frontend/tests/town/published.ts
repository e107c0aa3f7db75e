/** A town as it is published, by the little that a page needs. */
export const TOWN = {
  manifest: {
    town: "t",
    name: "T",
    chainId: 31337,
    genesisHash: "0x00",
    startBlock: 3,
    contracts: {
      Town: { address: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8" },
      LocalCurrency: { address: "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc" },
    },
  },
  rpc: "http://127.0.0.1:8545",
  post: null,
  currencies: [{ contract: "LocalCurrency", name: "Lys", symbol: "LYS" }],
};
