import { announceProvider } from "mipd";
import { type EIP1193Provider, type Hex, createWalletClient, custom, isHex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { chain, theChain } from "../chain/client";
import { townJson } from "../town/folder";
import { LOCAL_CHAIN_ID } from "../town/town";
import { language } from "../words";
import { DEMO_RDNS } from "./names";

interface DemoWallet {
  role: string;
  label_fr: string;
  label_en: string;
  key: Hex;
}

const isDemoWallet = (value: unknown): value is DemoWallet => {
  const wallet = value as DemoWallet | null;
  return !!wallet && typeof wallet.role === "string" && isHex(wallet.key) && wallet.key.length === 66;
};

/** A toy's face: a hue that follows from its role. */
function icon(role: string): `data:image/${string}` {
  const hue = [...role].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="hsl(${hue} 45% 42%)"/><circle cx="16" cy="12.500" r="5" fill="#fff"/><path d="M6.500 26a9.500 9.500 0 0 1 19 0z" fill="#fff"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

type Parameters = readonly unknown[] | undefined;

/** An EIP-1193 provider around a key that everybody knows. What it cannot do, the node is asked. */
function provider(account: PrivateKeyAccount): EIP1193Provider {
  const node = chain();
  const request = async ({ method, params }: { method: string; params?: Parameters }): Promise<unknown> => {
    switch (method) {
      case "eth_requestAccounts":
      case "eth_accounts":
        return [account.address];
      case "wallet_switchEthereumChain":
      case "wallet_addEthereumChain":
        return null;
      case "eth_signTypedData_v4":
        return account.signTypedData(JSON.parse(String(params?.[1])));
      case "eth_sendTransaction": {
        const { to, data, value, gas } = (params?.[0] ?? {}) as { to: Hex; data?: Hex; value?: Hex; gas?: Hex };
        const wallet = createWalletClient({ account, chain: theChain(), transport: custom(node) });
        return wallet.sendTransaction({
          to,
          ...(data ? { data } : {}),
          ...(value ? { value: BigInt(value) } : {}),
          ...(gas ? { gas: BigInt(gas) } : {}),
        });
      }
      default:
        return node.request({ method, params } as never);
    }
  };
  return { request, on: () => {}, removeListener: () => {} } as unknown as EIP1193Provider;
}

/** Announces a toy wallet for each role of the demo, on the local chain alone. */
export async function announceDemoWallets(): Promise<void> {
  if (theChain().id !== LOCAL_CHAIN_ID) return;
  const listed = await townJson("demo-wallets.json");
  if (!Array.isArray(listed)) return;
  for (const [place, wallet] of listed.filter(isDemoWallet).entries()) {
    const label = language.peek() === "fr" ? wallet.label_fr : wallet.label_en;
    announceProvider({
      info: {
        icon: icon(wallet.role),
        name: label,
        rdns: `${DEMO_RDNS}.${wallet.role}.${place}`,
        uuid: crypto.randomUUID(),
      },
      provider: provider(privateKeyToAccount(wallet.key)) as never,
    });
  }
}
