import { type AbiEvent, type Address, type Hex, getAbiItem, zeroAddress, zeroHash } from "viem";
import { getBlockNumber, readContract } from "viem/actions";
import { addressOf, at, chain } from "../chain/client";
import { type Log, type Query, blockTimes, logs } from "../chain/logs";
import { localCurrencyAbi } from "../generated/LocalCurrency";
import { residentsAbi } from "../generated/Residents";
import { theCurrency } from "../town/currency";
import { theTown } from "../town/folder";
import {
  type Authorization,
  type Issue,
  type Mark,
  type Movement,
  type Paid,
  type Transfer,
  movementsOf,
} from "./movements";

const TRANSFER = getAbiItem({ abi: localCurrencyAbi, name: "Transfer" });
const AUTHORIZED = getAbiItem({ abi: localCurrencyAbi, name: "AuthorizationUsed" });
const PAID = getAbiItem({ abi: localCurrencyAbi, name: "Paid" });
const REDEEMED = getAbiItem({ abi: localCurrencyAbi, name: "Redeemed" });
const ISSUED = getAbiItem({ abi: localCurrencyAbi, name: "Issued" });
const RECOVERED = getAbiItem({ abi: residentsAbi, name: "Recovered" });

/** Blocks that a chain may still take back. */
const UNSETTLED = 16n;

/** Accounts in one query: nodes limit how many topics they take. */
const ACCOUNTS_AT_ONCE = 100;

export interface History {
  movements: readonly Movement[];
  /** Whether the movements make the balance that the chain has. */
  isWhole: boolean;
}

interface Kept {
  last: bigint;
  transfers: Transfer[];
  authorizations: Authorization[];
  paid: Paid[];
  issues: Issue[];
  redeemed: Issue[];
  recoveries: Set<Hex>;
}

/** What was read already, by the currency's contract and the account. */
const kept = new Map<string, Kept>();

const mark = (it: { blockNumber: bigint | null; logIndex: number | null; transactionHash: Hex | null }): Mark => ({
  block: it.blockNumber ?? 0n,
  index: it.logIndex ?? 0,
  transaction: it.transactionHash ?? "0x",
});

/** The logs of an event in the ranges of an account, one query for each of `either`. */
async function each<const event extends AbiEvent>(
  query: Query<event>,
  either: readonly Record<string, unknown>[],
): Promise<Log<event>[]> {
  return (await Promise.all(either.map((args) => logs({ ...query, args })))).flat();
}

async function more(money: string, account: Address, before: Kept, last: bigint): Promise<Kept> {
  const currency = at(money, localCurrencyAbi).address;
  const residents = addressOf("Residents");
  const range = { fromBlock: before.last + 1n, toBlock: last };
  const both = [{ from: account }, { to: account }];
  const [moved, paid, redeemed, recovered] = await Promise.all([
    each({ address: currency, event: TRANSFER, ...range }, both),
    each({ address: currency, event: PAID, ...range }, both),
    logs({ address: currency, event: REDEEMED, args: { account }, ...range }),
    residents
      ? each({ address: residents, event: RECOVERED, ...range }, [{ account }, { successor: account }])
      : Promise.resolve([]),
  ]);
  const payers = [...new Set(moved.map((it) => it.args.from))].filter((payer) => payer !== zeroAddress);
  const groups = Array.from({ length: Math.ceil(payers.length / ACCOUNTS_AT_ONCE) }, (_, place) => ({
    authorizer: payers.slice(place * ACCOUNTS_AT_ONCE, (place + 1) * ACCOUNTS_AT_ONCE),
  }));
  const [authorized, issued, times] = await Promise.all([
    each({ address: currency, event: AUTHORIZED, ...range }, groups),
    moved.some((it) => it.args.from === zeroAddress) ? logs({ address: currency, event: ISSUED, ...range }) : [],
    blockTimes(moved.map((it) => it.blockNumber)),
  ]);
  const at_s = (block: bigint): number => times.get(block) ?? 0;
  return {
    last,
    transfers: [
      ...before.transfers,
      ...moved.map((it) => ({
        ...mark(it),
        from: it.args.from,
        to: it.args.to,
        cents: it.args.value,
        at_s: at_s(it.blockNumber),
      })),
    ],
    authorizations: [...before.authorizations, ...authorized.map((it) => ({ ...mark(it), ...it.args }))],
    paid: [
      ...before.paid,
      ...paid.map((it) => ({
        ...mark(it),
        from: it.args.from,
        to: it.args.to,
        cents: it.args.amount_cents,
        ref: it.args.ref,
      })),
    ],
    redeemed: [
      ...before.redeemed,
      ...redeemed.filter(({ args }) => args.ref !== zeroHash).map((it) => ({ ...mark(it), ref: it.args.ref })),
    ],
    issues: [...before.issues, ...issued.map((it) => ({ ...mark(it), ref: it.args.ref }))],
    recoveries: new Set([...before.recoveries, ...recovered.map((it) => it.transactionHash)]),
  };
}

/** What no reorganisation takes back any more: the rest is read again. */
function settled(all: Kept): Kept {
  const last = all.last - UNSETTLED;
  const isOld = ({ block }: Mark): boolean => block <= last;
  return {
    last,
    transfers: all.transfers.filter(isOld),
    authorizations: all.authorizations.filter(isOld),
    paid: all.paid.filter(isOld),
    issues: all.issues.filter(isOld),
    redeemed: all.redeemed.filter(isOld),
    recoveries: all.recoveries,
  };
}

/**
 * Everything that an account was paid and paid in the page's currency, from the chain's events; what was read before is
 * not asked again.
 */
export async function historyOf(account: Address): Promise<History> {
  const { contract } = theCurrency();
  const key = `${contract}/${account}`;
  const last = await getBlockNumber(chain(), { cacheTime: 0 });
  const nothing: Kept = {
    last: theTown().startBlock - 1n,
    transfers: [],
    authorizations: [],
    paid: [],
    issues: [],
    redeemed: [],
    recoveries: new Set(),
  };
  const before = kept.get(key);
  const all = await more(contract, account, before && before.last >= nothing.last ? before : nothing, last);
  kept.set(key, settled(all));
  const money = at(contract, localCurrencyAbi);
  const [commons, [stored_cents]] = await Promise.all([
    readContract(chain(), { ...money, functionName: "commons" }),
    readContract(chain(), { ...money, functionName: "accountOf", args: [account], blockNumber: last }),
  ]);
  const movements = movementsOf(account, { ...all, commons });
  return { movements, isWhole: (movements.at(-1)?.balance_cents ?? 0n) === stored_cents };
}
