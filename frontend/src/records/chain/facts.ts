/** The town's facts: which they are and what became of them a node tells, or the site where none answers. */
import { type GenericSchema, array, custom, literal, nullable, object, picklist, safeParse } from "valibot";
import { type AbiEvent, getAbiItem } from "viem";
import { addressOf, at } from "../../chain/client";
import { isContract } from "../../chain/code";
import { type Log, blockTimes, logs } from "../../chain/logs";
import { factsAbi } from "../../generated/Facts";
import { theTown, townJson } from "../../town/folder";
import { TownError } from "../../town/town";
import type { Hex } from "../../vote/ballot/bytes";
import { FACT } from "../fact/act";
import { type Fact, type FactEvent, factId, isSame, issuersIn } from "../fact/fact";
import { account, whole, word32 } from "../paper/files";
import { holdsOffice } from "./offices";

const OPENED = getAbiItem({ abi: factsAbi, name: "FactOpened" });
const STATED = getAbiItem({ abi: factsAbi, name: "Stated" });
const WITHDRAWN = getAbiItem({ abi: factsAbi, name: "Withdrawn" });
const RESIGNED = getAbiItem({ abi: factsAbi, name: "Resigned" });

export interface ShownFact {
  fact: Fact;
  id: Hex;
  history: readonly FactEvent[];
  /** Whether one who holds an office of the town opened it; null where no node says so. */
  isTowns: boolean | null;
  /** The issuers that are contracts; none where no node says so. */
  contracts: readonly Hex[];
}

export interface ShownFacts {
  facts: readonly ShownFact[];
  /** Null where a node was asked; else the unix seconds as of which the site tells. */
  asOf_s: number | null;
}

interface PublishedEvent {
  what: "Stated" | "Withdrawn" | "Resigned";
  number: number;
  value: string | null;
  at: number | null;
  source: Hex;
  signers: readonly Hex[];
  told: number;
}

interface PublishedFacts {
  chain: number;
  contract: Hex;
  at: number;
  facts: readonly { id: Hex; definition: Fact; history: readonly PublishedEvent[] }[];
}

const hex = custom<Hex>((value) => typeof value === "string" && /^0x([0-9a-fA-F]{64})?$/.test(value));
const integer = custom<string>((value) => typeof value === "string" && /^-?\d{1,39}$/.test(value));
const EVENT: GenericSchema<unknown, PublishedEvent> = object({
  what: picklist(["Stated", "Withdrawn", "Resigned"]),
  number: whole,
  value: nullable(integer),
  at: nullable(whole),
  source: hex,
  signers: array(account),
  told: whole,
});
const FACTS: GenericSchema<unknown, PublishedFacts> = object({
  format: literal("beffroi-facts-1"),
  chain: whole,
  contract: account,
  at: whole,
  facts: array(object({ id: word32, definition: FACT, history: array(EVENT) })),
});

/** Whether something is of this town's contract. */
export const isOfTheseFacts = ({ chain, contract }: { chain: number; contract: Hex }): boolean =>
  chain === theTown().chainId && isSame(contract, addressOf("Facts") ?? "");

async function published(): Promise<PublishedFacts | null> {
  const value = await townJson("facts.json");
  if (value === null) return null;
  const read = safeParse(FACTS, value);
  if (!read.success || !read.output.facts.every(({ id, definition }) => isSame(factId(definition), id)))
    throw new TownError("invalid", "town/facts.json");
  return isOfTheseFacts(read.output) ? read.output : null;
}

/**
 * By a node, whatever offices of the town opened, and what else the site tells of as if they had; without one, what the
 * site published.
 */
export async function readFacts(): Promise<ShownFacts> {
  const all = await published();
  const listed = (all?.facts ?? []).map(({ definition, id }) => ({ fact: definition, id }));
  try {
    const towns = await openedByOffices();
    const others = listed.filter(({ id }) => !towns.some((it) => isSame(it.id, id)));
    const facts = [...towns.map((it) => readFact(it, true)), ...others.map((it) => readFact(it, false))];
    return { facts: await Promise.all(facts), asOf_s: null };
  } catch {
    const facts = listed.map((it, place) => ({
      ...it,
      history: (all?.facts[place]?.history ?? []).map(eventOf),
      isTowns: null,
      contracts: [],
    }));
    return { facts, asOf_s: all?.at ?? 0 };
  }
}

/** Whoever opens a fact first keeps nobody out: it is the town's if any of its openers holds an office. */
async function openedByOffices(): Promise<{ fact: Fact; id: Hex }[]> {
  if (!addressOf("Facts")) return [];
  const opened = await logs({ address: at("Facts", factsAbi).address, event: OPENED });
  const openers = [...new Set(opened.map(({ args }) => args.opener))];
  const held = await Promise.all(openers.map(holdsOffice));
  const towns = new Map<Hex, Fact>();
  for (const { args } of opened) {
    if (!held[openers.indexOf(args.opener)]) continue;
    const read = safeParse(FACT, { format: "beffroi-fact-1", ...args.definition });
    if (read.success && isSame(factId(read.output), args.fact)) towns.set(args.fact, read.output);
  }
  return [...towns].map(([id, fact]) => ({ fact, id }));
}

async function readFact({ fact, id }: { fact: Fact; id: Hex }, isTowns: boolean): Promise<ShownFact> {
  const [history, areContracts] = await Promise.all([historyOf(fact, id), Promise.all(fact.issuers.map(isContract))]);
  return { fact, id, history, isTowns, contracts: fact.issuers.filter((_, place) => areContracts[place]) };
}

function eventOf({ what, number, value, at, source, signers, told }: PublishedEvent): FactEvent {
  const common = { signers, told };
  if (what === "Stated") return { ...common, what, number, value: BigInt(value ?? 0), at: at ?? 0, source };
  return what === "Withdrawn" ? { ...common, what, number, source } : { ...common, what };
}

async function historyOf(fact: Fact, id: Hex): Promise<FactEvent[]> {
  const { address } = at("Facts", factsAbi);
  const args = { fact: id };
  const [stated, withdrawn, resigned] = await Promise.all([
    logs({ address, event: STATED, args }),
    logs({ address, event: WITHDRAWN, args }),
    logs({ address, event: RESIGNED, args }),
  ]);
  const times = await blockTimes([...stated, ...withdrawn, ...resigned].map(({ blockNumber }) => blockNumber));
  const placed = (log: Log<AbiEvent>, event: (common: { told: number }) => FactEvent) => ({
    block: log.blockNumber,
    index: log.logIndex,
    event: event({ told: times.get(log.blockNumber) ?? 0 }),
  });
  return [
    ...stated.map((log) =>
      placed(log, ({ told }) => {
        const { number, value, at: at_s, source, signers } = log.args;
        const by = issuersIn(fact, signers);
        return { what: "Stated", number: Number(number), value, at: Number(at_s), source, signers: by, told };
      }),
    ),
    ...withdrawn.map((log) =>
      placed(log, ({ told }) => {
        const { number, source, signers } = log.args;
        return { what: "Withdrawn", number: Number(number), source, signers: issuersIn(fact, signers), told };
      }),
    ),
    ...resigned.map((log) => placed(log, ({ told }) => ({ what: "Resigned", signers: [log.args.issuer], told }))),
  ]
    .sort((one, other) => Number(one.block - other.block) || one.index - other.index)
    .map(({ event }) => event);
}
