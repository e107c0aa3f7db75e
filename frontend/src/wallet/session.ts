import { computed, signal } from "@preact/signals";
import { type EIP6963ProviderDetail, createStore } from "mipd";
import { type Address, type EIP1193Provider, getAddress } from "viem";
import { theChain } from "../chain/client";
import { keep, kept } from "../store/local";
import { text } from "../store/schema";
import { theTown } from "../town/folder";
import { DEMO_RDNS } from "./names";

/** A wallet that this page may ask. */
export interface Session {
  provider: EIP1193Provider;
  info: EIP6963ProviderDetail["info"];
  account: Address;
  chainId: number;
}

/** Wallets that announced themselves (EIP-6963). */
export const wallets = signal<readonly EIP6963ProviderDetail[]>([]);

/** The connected wallet; null when there is none. */
export const session = signal<Session | null>(null);

/** Whether the connected wallet is on another chain than the town. */
export const isWrongChain = computed(() => session.value !== null && session.value.chainId !== theTown().chainId);

export const isDemo = (info: EIP6963ProviderDetail["info"]): boolean => info.rdns.startsWith(DEMO_RDNS);

const LAST = "wallet";

/** Begins to listen for wallets, and takes up again with the one that was connected last, without asking. */
export function findWallets(): void {
  const store = createStore();
  store.subscribe(
    (details) => {
      wallets.value = [...details].sort((a, b) => Number(isDemo(a.info)) - Number(isDemo(b.info)));
      const last = details.find((detail) => detail.info.rdns === kept<string | null>(LAST, text, null));
      if (last && !session.value) void resume(last);
    },
    { emitImmediately: true },
  );
}

async function resume(detail: EIP6963ProviderDetail): Promise<void> {
  const accounts = await detail.provider.request({ method: "eth_accounts" }).catch(() => []);
  if (accounts[0] && !session.value) await open(detail, accounts[0]);
}

/** Asks a wallet for an account. @throws what the wallet throws, a refusal included */
export async function connect(detail: EIP6963ProviderDetail): Promise<void> {
  const [account] = await detail.provider.request({ method: "eth_requestAccounts" });
  if (account) await open(detail, account);
}

let stopListening = (): void => {};

async function open(detail: EIP6963ProviderDetail, account: string): Promise<void> {
  const { provider, info } = detail;
  stopListening();
  const onAccounts = (accounts: readonly string[]): void => {
    const next = accounts[0];
    if (!session.value) return;
    if (next) session.value = { ...session.value, account: getAddress(next) };
    else disconnect();
  };
  const onChain = (chainId: string): void => {
    if (session.value) session.value = { ...session.value, chainId: Number(chainId) };
  };
  const onGone = (): void => disconnect();
  provider.on?.("accountsChanged", onAccounts);
  provider.on?.("chainChanged", onChain);
  provider.on?.("disconnect", onGone);
  stopListening = () => {
    provider.removeListener?.("accountsChanged", onAccounts);
    provider.removeListener?.("chainChanged", onChain);
    provider.removeListener?.("disconnect", onGone);
  };
  const chainId = Number(await provider.request({ method: "eth_chainId" }));
  session.value = { provider, info, account: getAddress(account), chainId };
  keep(LAST, info.rdns);
}

/** Forgets the wallet; the wallet itself is not told. */
export function disconnect(): void {
  stopListening();
  stopListening = () => {};
  session.value = null;
  keep(LAST, undefined);
}

const UNKNOWN_CHAIN = 4902;

/** Puts the wallet on the town's chain, adding it where the wallet does not know it. @throws what the wallet throws */
export async function switchChain(): Promise<void> {
  const current = session.value;
  if (!current) return;
  const { id, name, nativeCurrency, rpcUrls } = theChain();
  const chainId = `0x${id.toString(16)}`;
  try {
    await current.provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
  } catch (error) {
    if ((error as { code?: number }).code !== UNKNOWN_CHAIN) throw error;
    const added = { chainId, chainName: name, nativeCurrency, rpcUrls: [...rpcUrls.default.http] };
    await current.provider.request({ method: "wallet_addEthereumChain", params: [added] });
  }
  const now = Number(await current.provider.request({ method: "eth_chainId" }));
  if (session.value) session.value = { ...session.value, chainId: now };
}
