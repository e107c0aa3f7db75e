import { type Address, getAddress, isAddress } from "viem";

/** The chain on which demo wallets and shortcuts of the demo are allowed, and no other. */
export const LOCAL_CHAIN_ID = 31337;

/** What stands where, who answers: what the published folder says of a town. */
export interface Town {
  town: string;
  name: string;
  chainId: number;
  genesisHash: string;
  /** Before it, no event. */
  startBlock: bigint;
  contracts: Readonly<Record<string, Address>>;
  /** What each of them is in the build: a second currency is a LocalCurrency too. */
  built: Readonly<Record<string, string>>;
  /** The node's JSON-RPC. */
  rpc: string;
  /** The post office, without a slash at its end; null where the town has none. */
  post: string | null;
  /** The first has the short paths; none where the town has no money. */
  currencies: readonly Currency[];
  /** Of each contract that another took over from, the name of that one. */
  successions: Readonly<Record<string, string>>;
  /** Of each contract of sales or taxes, the currency in which it is paid, by its contract's name. */
  paidIn: Readonly<Record<string, string>>;
}

/** A money of the town. */
export interface Currency {
  /** Its contract's name in the town. */
  contract: string;
  name: string;
  symbol: string;
  /** The roles of its own offices; an office that it has none of is the town's. */
  offices: Readonly<Partial<Record<OwnOffice, number>>>;
  /** The contract of the one that takes over from it, or did; null for one that nobody follows. */
  followedBy: string | null;
}

/** The offices that a currency may have of its own, as `towns/` names them. */
const OWN_OFFICES = ["treasurer", "auditor", "court", "guardian"] as const;
type OwnOffice = (typeof OWN_OFFICES)[number];

/** Why a page cannot know its town. */
export type TownFault = "missing" | "unreachable" | "unreadable" | "invalid";

export class TownError extends Error {
  override name = "TownError";
  constructor(
    readonly fault: TownFault,
    /** Which file or field, for whoever publishes the site. */
    readonly detail: string,
  ) {
    super(`${fault}: ${detail}`);
  }
}

type Json = Record<string, unknown>;

function object(value: unknown, where: string): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TownError("invalid", where);
  return value as Json;
}

function text(from: Json, key: string, where: string): string {
  const value = from[key];
  if (typeof value !== "string" || value === "") throw new TownError("invalid", `${where}.${key}`);
  return value;
}

function count(from: Json, key: string, where: string): number {
  const value = from[key];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new TownError("invalid", `${where}.${key}`);
  }
  return value;
}

function url(from: Json, key: string): string {
  const value = text(from, key, "town.json");
  const parsed = URL.canParse(value, globalThis.location?.href) ? new URL(value, globalThis.location?.href) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) throw new TownError("invalid", `town.json.${key}`);
  return parsed.href.replace(/\/$/, "");
}

function addresses(manifest: Json): Record<string, Address> {
  const contracts = Object.entries(object(manifest["contracts"], "manifest.contracts"));
  return Object.fromEntries(
    contracts.map(([name, record]) => {
      const where = `manifest.contracts.${name}`;
      const address = text(object(record, where), "address", where);
      if (!isAddress(address, { strict: false })) throw new TownError("invalid", `${where}.address`);
      return [name, getAddress(address)];
    }),
  );
}

function built(manifest: Json): Record<string, string> {
  const contracts = Object.entries(object(manifest["contracts"], "manifest.contracts"));
  return Object.fromEntries(
    contracts.map(([name, record]) => {
      const where = `manifest.contracts.${name}`;
      return [name, text(object(record, where), "contract", where)];
    }),
  );
}

function ownOffices(from: Json, where: string): Currency["offices"] {
  const held = OWN_OFFICES.filter((office) => from[office] !== undefined);
  return Object.fromEntries(
    held.map((office) => [office, count(object(from[office], `${where}.${office}`), "role", `${where}.${office}`)]),
  );
}

function currencies(value: unknown, contracts: Readonly<Record<string, Address>>): Currency[] {
  if (!Array.isArray(value)) throw new TownError("invalid", "currencies");
  return value.map((told: unknown, place) => {
    const where = `currencies.${place}`;
    const from = object(told, where);
    const contract = text(from, "contract", where);
    if (!contracts[contract]) throw new TownError("invalid", `${where}.contract`);
    const followedBy = from["followedBy"] === undefined ? null : text(from, "followedBy", where);
    if (followedBy !== null && !contracts[followedBy]) throw new TownError("invalid", `${where}.followedBy`);
    const named = { contract, name: text(from, "name", where), symbol: text(from, "symbol", where), followedBy };
    return { ...named, offices: ownOffices(object(from["offices"], `${where}.offices`), `${where}.offices`) };
  });
}

/** Names of contracts, each with that of another. */
function named(value: unknown, where: string, among: readonly string[]): Record<string, string> {
  const names = Object.entries(object(value ?? {}, where));
  return Object.fromEntries(
    names.map(([name, other]) => {
      const found = among.find((it) => it === other);
      if (found === undefined) throw new TownError("invalid", `${where}.${name}`);
      return [name, found];
    }),
  );
}

/**
 * Reads `town.json`.
 *
 * @throws TownError naming the field that is wrong
 */
export function readTown(value: unknown): Town {
  const root = object(value, "town.json");
  const manifest = object(root["manifest"], "manifest");
  const contracts = addresses(manifest);
  if (!contracts["Town"]) throw new TownError("invalid", "manifest.contracts.Town");
  const moneys = currencies(root["currencies"], contracts);
  return {
    town: text(manifest, "town", "manifest"),
    name: text(manifest, "name", "manifest"),
    chainId: count(manifest, "chainId", "manifest"),
    genesisHash: text(manifest, "genesisHash", "manifest"),
    startBlock: BigInt(count(manifest, "startBlock", "manifest")),
    contracts,
    built: built(manifest),
    rpc: url(root, "rpc"),
    post: root["post"] === null || root["post"] === undefined ? null : url(root, "post"),
    currencies: moneys,
    successions: named(manifest["successions"], "manifest.successions", Object.keys(contracts)),
    // A currency that is not of the town would have people sign for elsewhere.
    paidIn: named(
      root["paidIn"],
      "paidIn",
      moneys.map(({ contract }) => contract),
    ),
  };
}
