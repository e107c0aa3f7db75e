/** Promises that are due and that nobody put to the vote: what anyone may do about it, as `Promises` decides. */
import { BaseError, ContractFunctionRevertedError, toHex } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import { now_s } from "../chain/head";
import { keyCeremonyAbi } from "../generated/KeyCeremony";
import { promisesAbi } from "../generated/Promises";
import type { Panel } from "../vote/ballot/acknowledged";
import { type Ceremony, ceremonyContract, readCeremonies } from "../vote/booth/ceremonies";
import { isCurrent, latestRoll } from "../vote/booth/floors";
import { believedPanels } from "../vote/booth/panels";
import { readPolls } from "../vote/booth/polls";
import type { Mandate } from "./history";

/** As `IPromises.State` numbers them. */
const STATES = ["none", "pledged", "underEvaluation", "settled", "settledEarly", "unjudged"] as const;
type State = (typeof STATES)[number];

/** A vote asks of so many promises at most. */
const MOST = 32;

/** A promise as the contract keeps it. */
interface Standing {
  number: number;
  state: State;
  dueAt_s: number;
}

interface Periods {
  /** From the due day until anyone may call. */
  silence_s: number;
  /** From then until anyone may declare them unjudged, where nobody can call. */
  patience_s: number;
}

/** What anyone may do. */
export interface Silence {
  /** Promises that may be put to the vote by anyone, at most as many as a vote asks of. */
  callable: readonly number[];
  /** Those of them that were judged before they were due: once more, and no more. */
  reopened: readonly number[];
  /** Promises that may be declared unjudged, were there no roll or no key. */
  unjudgeable: readonly number[];
}

/** What anyone may do of promises, at a time of the chain. */
export function silent(
  standings: readonly Standing[],
  { silence_s, patience_s }: Periods,
  endsAt_s: number,
  now: number,
): Silence {
  const isLate = (dueAt_s: number, after_s: number): boolean => now >= dueAt_s + after_s;
  const within = standings.filter(({ dueAt_s }) => dueAt_s <= endsAt_s && isLate(dueAt_s, silence_s));
  const again = within.filter(({ state }) => state === "settledEarly");
  const callable = within.filter((it) => it.state === "pledged" || it.state === "unjudged" || again.includes(it));
  const unjudgeable = callable.filter(
    ({ state, dueAt_s }) => state !== "unjudged" && isLate(dueAt_s, silence_s + patience_s),
  );
  const numbers = (of: readonly Standing[]): number[] => of.map(({ number }) => number);
  const asked = numbers(callable).slice(0, MOST);
  return {
    callable: asked,
    reopened: numbers(again).filter((number) => asked.includes(number)),
    unjudgeable: numbers(unjudgeable),
  };
}

/** With what a vote can be called. */
export interface Means {
  isRollCurrent: boolean;
  /** The number of a key that nobody reserved or took, of trustees whom the page believes. */
  key: number | null;
  /** Whether the contract takes a call, by some key: the roll may be too small, the town's rules refuse. */
  isCallable: boolean;
}

/** What anyone may do of a mandate's promises now, and with what. */
export async function readSilence(mandate: Mandate): Promise<Silence & Means> {
  const contract = at("Promises", promisesAbi);
  const of = BigInt(mandate.number);
  const [now, silence_s, patience_s] = await Promise.all([
    now_s(),
    readContract(chain(), { ...contract, functionName: "silence_s" }),
    readContract(chain(), { ...contract, functionName: "patience_s" }),
  ]);
  const due = mandate.promises.filter(({ dueAt_s }) => Number(now) >= dueAt_s + silence_s);
  const standings = due.map(async ({ number, dueAt_s }): Promise<Standing> => {
    const args = [of, BigInt(number)] as const;
    const { state } = await readContract(chain(), { ...contract, functionName: "promiseOf", args });
    return { number, dueAt_s, state: STATES[state] ?? "none" };
  });
  const found = silent(await Promise.all(standings), { silence_s, patience_s }, mandate.endsAt_s, Number(now));
  if (mandate.ended === "cancelled" || !found.callable.length) return NOTHING;
  const [isRollCurrent, key, isCallable] = await Promise.all([
    latestRoll().then(isCurrent),
    freeKey(),
    takesCall(mandate.number, found.callable),
  ]);
  return { ...found, isRollCurrent, key, isCallable };
}

/** What the contract says; a node that does not answer says nothing. */
async function takesCall(mandate: number, promises: readonly number[]): Promise<boolean> {
  const args = [BigInt(mandate), toHex(Uint8Array.from(promises))] as const;
  try {
    await readContract(chain(), { ...at("Promises", promisesAbi), functionName: "requireCallable", args });
    return true;
  } catch (error) {
    if (error instanceof BaseError && error.walk((it) => it instanceof ContractFunctionRevertedError)) return false;
    throw error;
  }
}

const NOTHING: Silence & Means = {
  callable: [],
  reopened: [],
  unjudgeable: [],
  isRollCurrent: false,
  key: null,
  isCallable: false,
};

/** The oldest free key of trustees whom the page believes: for another it makes no ballot. Any where it knows none. */
async function freeKey(): Promise<number | null> {
  const [{ address }, ceremonies, polls, panels] = await Promise.all([
    ceremonyContract(),
    readCeremonies(),
    readPolls(),
    believedPanels(),
  ]);
  const taken = new Set(polls.map(({ ceremony }) => ceremony));
  for (const ceremony of [...ceremonies].reverse()) {
    const { number, phase } = ceremony;
    if (phase !== "ready" || taken.has(number)) continue;
    if (panels.length && !panels.some((panel) => isOf(panel, ceremony))) continue;
    const args = [BigInt(number)] as const;
    if (!(await readContract(chain(), { address, abi: keyCeremonyAbi, functionName: "isReserved", args })))
      return number;
  }
  return null;
}

const isOf = (panel: Panel, { needed, trustees }: Ceremony): boolean =>
  panel.needed === needed &&
  panel.trustees.length === trustees.length &&
  panel.trustees.every((it, place) => it.toLowerCase() === trustees[place]?.account.toLowerCase());
