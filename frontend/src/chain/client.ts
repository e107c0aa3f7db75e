import { signal } from "@preact/signals";
import { type Address, type Chain, type Client, type HttpTransport, createClient, http } from "viem";
import { getBlock, getChainId } from "viem/actions";
import { theTown } from "../town/folder";

const TIMEOUT_MS = 10_000;

/** Whether the node answered last time. */
export const online = signal(true);

/** Whether the node's chain is the one the town was deployed on; null while nobody knows. */
export const isRightChain = signal<boolean | null>(null);

async function observedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(input, init);
    online.value = true;
    return answer;
  } catch (error) {
    online.value = false;
    throw error;
  }
}

let client: Client<HttpTransport, Chain> | null = null;

/** The chain as viem's actions take it; only reads go through it, a wallet sends. */
export function chain(): Client<HttpTransport, Chain> {
  client ??= createClient({
    chain: theChain(),
    pollingInterval: 1_000,
    transport: http(theTown().rpc, {
      batch: { batchSize: 100 },
      fetchFn: observedFetch,
      retryCount: 1,
      timeout: TIMEOUT_MS,
    }),
  });
  return client;
}

/** The town's chain, named so that people recognise it. */
export function theChain(): Chain {
  const { chainId, rpc } = theTown();
  return {
    id: chainId,
    name: chainName(chainId),
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpc] } },
  };
}

const NAMES: Readonly<Record<number, string>> = {
  1: "Ethereum",
  100: "Gnosis",
  10200: "Chiado",
  31337: "Beffroi local",
  560048: "Hoodi",
  11155111: "Sepolia",
};

export function chainName(chainId: number): string {
  return NAMES[chainId] ?? `№ ${chainId}`;
}

/** Where a contract of the town is; undefined where the town goes without it. */
export function addressOf(contract: string): Address | undefined {
  return theTown().contracts[contract];
}

/** A contract of the town as viem's actions take it. Views of a module are not shown where its contract is missing. */
export function at<const abi>(contract: string, abi: abi): { address: Address; abi: abi } {
  const address = addressOf(contract);
  if (!address) throw new Error(`this town has no ${contract}`);
  return { address, abi };
}

/** Looks whether the node is on the town's chain: same id, same first block. */
export async function checkChain(): Promise<boolean> {
  const { chainId, genesisHash } = theTown();
  const [id, first] = await Promise.all([getChainId(chain()), getBlock(chain(), { blockNumber: 0n })]);
  isRightChain.value = id === chainId && first.hash === genesisHash;
  return isRightChain.value;
}
