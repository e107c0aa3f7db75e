/** A town as it is published, by the little that a page needs. */
export const TOWN = {
  manifest: {
    town: "t",
    name: "T",
    chainId: 31337,
    genesisHash: "0x00",
    startBlock: 3,
    contracts: { Town: { address: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8" } },
  },
  rpc: "http://127.0.0.1:8545",
  post: null,
  currency: { name: "Lys", symbol: "LYS" },
};
