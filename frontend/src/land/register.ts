import { type AbiEvent, type Address, isAddressEqual } from "viem";
import { readContract } from "viem/actions";
import { addressOf, at, chain } from "../chain/client";
import { followed } from "../chain/followed";
import { type Query, blockTimes } from "../chain/logs";
import { chargesAbi } from "../generated/Charges";
import { conveyanceAbi } from "../generated/Conveyance";
import { landRegisterAbi } from "../generated/LandRegister";
import { landTaxAbi } from "../generated/LandTax";
import { planningAbi } from "../generated/Planning";
import { keysOf } from "../residents/keys";
import { instancesOf } from "../town/instances";
import { type Entry, historyOf, statesOf } from "./history";
import { type Right, type TitleState, rightsOf, stateOf } from "./rights";

/** A mortgage, by rank. */
export interface Charge {
  creditor: Address;
  amount_cents: bigint;
  dueDay: number;
  number: number;
}
interface Burden {
  documentHash: `0x${string}`;
  kind: number;
  until: bigint;
  dominant: bigint;
}
export interface Permit {
  number: bigint;
  kind: number;
  status: number;
  decideBy_s: number;
  isPermitted: boolean;
}

/** What the register and the offices beside it say of a title. */
export interface Title {
  token: bigint;
  state: TitleState;
  area_m2: number;
  whole: number;
  version: number;
  rights: readonly Right[];
  charges: readonly Charge[];
  burdens: readonly Burden[];
  zones: readonly number[];
  isPreemptible: boolean;
  permits: readonly Permit[];
  value_cents: bigint;
}

const register = () => at("LandRegister", landRegisterAbi);
const CAVEAT = 2;

type Abi = readonly { readonly type: string; readonly name?: string }[];
type EventName<abi extends Abi> = Extract<abi[number], { type: "event" }>["name"];

function eventOf<abi extends Abi>(abi: abi, name: EventName<abi>): AbiEvent {
  return abi.find((entry) => entry.type === "event" && entry.name === name) as AbiEvent;
}

/** A title; null where none was ever issued under this id. */
export async function readTitle(token: bigint, now_s: number): Promise<Title | null> {
  const args = [token] as const;
  const node = chain();
  const stored = await readContract(node, { ...register(), functionName: "titleOf", args });
  if (stored.flags === 0) return null;
  const planning = at("Planning", planningAbi);
  const [recorded, burdens, charges, zones, isPreemptible, valuation, permits] = await Promise.all([
    readContract(node, { ...register(), functionName: "rightsOf", args }),
    readContract(node, { ...register(), functionName: "burdensOf", args }),
    readContract(node, { ...at("Charges", chargesAbi), functionName: "chargesOf", args }),
    readContract(node, { ...planning, functionName: "zonesOf", args }),
    readContract(node, { ...planning, functionName: "isPreemptible", args }),
    valuationOf(token),
    permitsOf(token),
  ]);
  const isBarred = burdens.some(({ kind, until }) => kind === CAVEAT && Number(until) >= now_s);
  return {
    token,
    state: stateOf(stored.flags, isBarred),
    area_m2: stored.area_m2,
    whole: stored.whole,
    version: stored.version,
    rights: rightsOf(stored, recorded),
    charges: charges.map((charge) => ({ ...charge, amount_cents: BigInt(charge.amount_cents) })),
    burdens,
    zones,
    isPreemptible,
    permits,
    value_cents: valuation,
  };
}

/** The latest valuation of a title, cents: by the contract of taxes that serves, or else by those it took over from. */
async function valuationOf(token: bigint): Promise<bigint> {
  const latest = await Promise.all(
    instancesOf("LandTax").map((contract) =>
      readContract(chain(), { ...at(contract, landTaxAbi), functionName: "latestValuation", args: [token] }),
    ),
  );
  return latest.find(({ value_cents }) => value_cents > 0n)?.value_cents ?? 0n;
}

/** The permits that were ever asked for on a title. */
export async function permitsOf(title: bigint): Promise<Permit[]> {
  const filed = await entries("Planning", planningAbi, [["PermitFiled", { title }]]);
  return Promise.all(filed.map(({ args }) => readPermit(args["permit"] as bigint)));
}

export async function readPermit(
  number: bigint,
): Promise<Permit & { title: bigint; isExtended: boolean; annulBy_s: number }> {
  const planning = at("Planning", planningAbi);
  const args = [number] as const;
  const [permit, isPermitted] = await Promise.all([
    readContract(chain(), { ...planning, functionName: "permitOf", args }),
    readContract(chain(), { ...planning, functionName: "isPermitted", args }),
  ]);
  return {
    number,
    title: permit.title,
    kind: permit.kind,
    status: permit.status,
    decideBy_s: Number(permit.decideBy),
    annulBy_s: Number(permit.decideBy) + permit.annul_s,
    isExtended: permit.extended,
    isPermitted,
  };
}

const readers = new Map<string, ReturnType<typeof followed>>();

/** One reader for each question, so that a view that asks with every block reads only what has come since. */
function reader(query: Query<AbiEvent>): ReturnType<typeof followed> {
  const key = JSON.stringify([query.address, query.event.name, query.args], (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  const known = readers.get(key) ?? followed(() => query);
  readers.set(key, known);
  return known;
}

/** The logs of several events of a contract, as entries of a history; a name that its ABI lacks does not compile. */
export async function entries<const abi extends Abi>(
  contract: string,
  abi: abi,
  wanted: readonly (readonly [name: EventName<abi>, args?: Record<string, unknown>])[],
): Promise<Entry[]> {
  const address = addressOf(contract);
  if (!address) return [];
  const found = await Promise.all(
    wanted.map(([name, args]) => reader({ address, event: eventOf(abi, name), ...(args ? { args } : {}) })()),
  );
  return found.flat().map((log) => {
    const { eventName, args } = log as { eventName: string; args: Readonly<Record<string, unknown>> };
    return { name: eventName, args, block: log.blockNumber, index: log.logIndex, transaction: log.transactionHash };
  });
}

/** All that ever happened to a title, from the events of five contracts; each with its time. */
export async function readHistory(token: bigint): Promise<(Entry & { time_s: number })[]> {
  const id = { id: token };
  const title = { title: token };
  const all = await Promise.all([
    entries("LandRegister", landRegisterAbi, [
      ["Registered", id],
      ["RightsRestated", id],
      ["Enacted", id],
      ["Burdened", id],
      ["BurdenLifted", id],
      ["AreaCorrected", id],
      ["SaleLocked", id],
      ["SaleUnlocked", id],
      ["Divided", { parent: token }],
      ["Merged", { child: token }],
      ["Frozen", { tokenId: token }],
      ["ForcedTransfer", { tokenId: token }],
    ]),
    entries("Charges", chargesAbi, [
      ["Inscribed", id],
      ["Released", id],
      ["Discharged", id],
      ["Lapsed", id],
      ["RankCeded", id],
    ]),
    entries("Planning", planningAbi, [
      ["Declared", title],
      ["PermitFiled", title],
    ]),
    ...instancesOf("LandTax").map((contract) =>
      entries(contract, landTaxAbi, [
        ["Valued", title],
        ["TaxPaid", title],
      ]),
    ),
    ...instancesOf("Conveyance").map((contract) =>
      entries(contract, conveyanceAbi, [
        ["SaleOpened", title],
        ["SaleSettled", title],
      ]),
    ),
    ...instancesOf("Conveyance").map((contract) => cancellations(contract, token)),
  ]);
  const told = historyOf(all.flat());
  const times = await blockTimes(told.map(({ block }) => block));
  return told.map((entry) => ({ ...entry, time_s: times.get(entry.block) ?? 0 }));
}

/** Sales of the title that came to nothing; their event names the sale, which begins with the title. */
async function cancellations(contract: string, token: bigint): Promise<Entry[]> {
  const opened = await entries(contract, conveyanceAbi, [["SaleOpened", { title: token }]]);
  const sales = opened.map(({ args }) => args["sale"] as bigint);
  return sales.length === 0 ? [] : entries(contract, conveyanceAbi, [["SaleCancelled", { sale: sales }]]);
}

let known: ReturnType<typeof statesOf> = new Map();

/** Where every title stands, for the map; the very same as long as nothing moved, so that nothing is drawn again. */
export async function readStates(): Promise<ReturnType<typeof statesOf>> {
  const read = statesOf(
    await entries("LandRegister", landRegisterAbi, [
      ["Registered"],
      ["SaleLocked"],
      ["SaleUnlocked"],
      ["Frozen"],
      ["Divided"],
      ["Merged"],
    ]),
  );
  const isKnown = read.size === known.size && [...read].every(([token, state]) => known.get(token) === state);
  if (!isKnown) known = read;
  return known;
}

/** A title with the rights that someone has in it. */
export interface Holding {
  token: bigint;
  whole: number;
  rights: readonly Right[];
}

/** The titles in which someone has a right; from what was last recorded of each. */
export async function titlesOf(account: Address): Promise<Holding[]> {
  const [keys, restated, states] = await Promise.all([
    keysOf(account),
    entries("LandRegister", landRegisterAbi, [["RightsRestated"]]),
    readStates(),
  ]);
  const latest = new Map<bigint, Entry>();
  for (const entry of restated) {
    const id = entry.args["id"] as bigint;
    const before = latest.get(id);
    if (!before || entry.block > before.block || (entry.block === before.block && entry.index > before.index)) {
      latest.set(id, entry);
    }
  }
  return [...latest].flatMap(([token, { args }]) => {
    const mine = (args["rights"] as readonly Right[]).filter(({ holder }) =>
      keys.some((key) => isAddressEqual(key, holder)),
    );
    const isLive = states.get(token) !== "retired";
    return isLive && mine.length > 0 ? [{ token, whole: args["whole"] as number, rights: mine }] : [];
  });
}
