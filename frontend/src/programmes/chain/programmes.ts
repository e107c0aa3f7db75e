/** Programmes as the chain has them. */
import { type AbiEvent, type Address, getAbiItem, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { followed } from "../../chain/followed";
import { type Log, blockTimes } from "../../chain/logs";
import { programmesAbi } from "../../generated/Programmes";
import { theTown } from "../../town/folder";
import type { Hex } from "../../vote/ballot/bytes";
import type { Taking } from "../figures";
import { type Happening, type Holder, holderAfter } from "../holder";
import { type Programme, type Spend, nameOf } from "../terms";

export const PROGRAMMES = "Programmes";
const programmes = () => at(PROGRAMMES, programmesAbi);

const OPENED = getAbiItem({ abi: programmesAbi, name: "ProgrammeOpened" });
const ACCREDITED = getAbiItem({ abi: programmesAbi, name: "MerchantAccredited" });
const GRANTED = getAbiItem({ abi: programmesAbi, name: "UnitsGranted" });
const CLAIMED = getAbiItem({ abi: programmesAbi, name: "HolderClaimed" });
const SPENT = getAbiItem({ abi: programmesAbi, name: "UnitsSpent" });
const REFUNDED = getAbiItem({ abi: programmesAbi, name: "UnitsRefunded" });
const VOIDED = getAbiItem({ abi: programmesAbi, name: "HolderVoided" });

const opened = followed(() => ({ address: programmes().address, event: OPENED }));

/** Every programme that somebody opened, in order; the terms are told by the event, and held to their name. */
export async function readProgrammes(): Promise<Programme[]> {
  const found = await opened();
  const { chainId } = theTown();
  return found
    .map(({ args: { programme, terms } }) => ({ name: programme, terms }))
    .filter(({ name, terms }) => nameOf(chainId, programmes().address, terms.sponsor, terms.salt) === name);
}

/** What was paid in, spent and is left of a programme, in units. */
export async function bookOf(name: Hex) {
  return readContract(chain(), { ...programmes(), functionName: "programmeOf", args: [name] });
}

/** What merchants were paid and gave back, in the order of neither. */
export async function readTakings(name: Hex): Promise<Taking[]> {
  const feed = feedOf(name);
  const [spent, refunded] = await Promise.all([feed.spent(), feed.refunded()]);
  const all = [...spent, ...refunded];
  const times = await blockTimes(all.map(({ blockNumber }) => blockNumber));
  return all.map(({ eventName, blockNumber, args: { merchant, units } }) => ({
    at_s: times.get(blockNumber) ?? 0,
    merchant,
    units: Number(units),
    isRefund: eventName === "UnitsRefunded",
  }));
}

/** What happens in a programme, of all keys: none is asked for by itself. */
interface Feed {
  accredited: () => Promise<Log<typeof ACCREDITED>[]>;
  granted: () => Promise<Log<typeof GRANTED>[]>;
  claimed: () => Promise<Log<typeof CLAIMED>[]>;
  spent: () => Promise<Log<typeof SPENT>[]>;
  refunded: () => Promise<Log<typeof REFUNDED>[]>;
  voided: () => Promise<Log<typeof VOIDED>[]>;
}

const feeds = new Map<Hex, Feed>();

function feedOf(programme: Hex): Feed {
  const of = <const event extends AbiEvent>(it: event) =>
    followed(() => ({ address: programmes().address, event: it, args: { programme } }));
  const feed = feeds.get(programme) ?? {
    accredited: of(ACCREDITED),
    granted: of(GRANTED),
    claimed: of(CLAIMED),
    spent: of(SPENT),
    refunded: of(REFUNDED),
    voided: of(VOIDED),
  };
  feeds.set(programme, feed);
  return feed;
}

/** Who is accredited now for a category of the programme, and for which: a bit each. */
export async function readMerchants({ name, terms }: Programme): Promise<ReadonlyMap<Address, number>> {
  const told = await feedOf(name).accredited();
  const now = new Map(told.map(({ args }) => [args.merchant, Number(args.categories) & terms.categories]));
  return new Map([...now].filter(([, categories]) => categories !== 0));
}

/** Where a key stands. The node is asked of every key of the programme alike, and when each of its blocks was. */
export async function readHolder({ name, terms }: Programme, key: Address): Promise<Holder> {
  const feed = feedOf(name);
  const [granted, claimed, spent, refunded, voided] = await Promise.all([
    feed.granted(),
    feed.claimed(),
    feed.spent(),
    feed.refunded(),
    feed.voided(),
  ]);
  const all = [
    ...granted.map((it) => told(it, { kind: "granted", units: Number(it.args.units) })),
    ...claimed.map((it) => told(it, { kind: "claimed", each: Number(it.args.each) })),
    ...spent.map((it) => told(it, { kind: "spent", units: Number(it.args.units), nonce: Number(it.args.nonce) })),
    ...refunded.map((it) => {
      const { units, toHolder } = it.args;
      return told(it, { kind: "refunded", units: Number(units), toHolder });
    }),
    ...voided.map((it) => told(it, { kind: "voided" })),
  ];
  const times = await blockTimes(all.map(({ block }) => block));
  const its = all
    .filter(({ holder }) => isAddressEqual(holder, key))
    .sort((a, b) => Number(a.block - b.block) || a.place - b.place)
    .map(({ block, what }) => ({ ...what, at_s: times.get(block) ?? 0 }));
  return holderAfter(terms, its);
}

type What = Happening extends infer Each ? (Each extends Happening ? Omit<Each, "at_s"> : never) : never;

const told = (log: { args: { holder: Address }; blockNumber: bigint; logIndex: number }, what: What) => ({
  holder: log.args.holder,
  block: log.blockNumber,
  place: log.logIndex,
  what,
});

/** Every spend of a programme, in order. */
export const spentIn = (name: Hex): Promise<Log<typeof SPENT>[]> => feedOf(name).spent();

/** Whether the chain has paid a spend: what an office says of it is not asked. */
export async function isPaid({ programme, holder, merchant, units, nonce }: Spend): Promise<boolean> {
  const spent = await spentIn(programme);
  return spent.some(
    ({ args }) =>
      isAddressEqual(args.holder, holder) &&
      isAddressEqual(args.merchant, merchant) &&
      Number(args.units) === units &&
      Number(args.nonce) === nonce,
  );
}
