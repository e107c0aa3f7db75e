/** What the town publishes of programmes: `programmes.json`, and each roll. All of it is held to the chain. */
import { type GenericSchema, array, boolean, object, picklist, safeParse, string } from "valibot";
import type { Address } from "viem";
import { addressOf } from "../chain/client";
import { address, hex } from "../store/schema";
import { townFile, townJson } from "../town/folder";
import { TownError } from "../town/town";
import type { Hex } from "../vote/ballot/bytes";
import { PROGRAMMES, readProgrammes } from "./chain/programmes";
import { type Roll, readRoll } from "./roll";
import { type Programme, hashOf } from "./terms";

const UNITS = ["money", "meals", "stamps"] as const;
type Unit = (typeof UNITS)[number];

interface Shop {
  account: Address;
  label: string;
}

interface Published {
  name: Hex;
  title: string;
  rule: string;
  categories: string[];
  unit: Unit;
  merchants: Shop[];
  roll: boolean;
}

/** What the site says and the chain does not. */
type Doubt = "title" | "rule" | "roll";

/** A programme of the chain, with what the site says of it and the chain confirms. */
export interface TownProgramme extends Programme {
  title: string | null;
  rule: string | null;
  unit: Unit;
  /** Names of categories, from the lowest bit: the site's word. */
  categories: readonly string[];
  /** Names of shops: the site's word. */
  shops: readonly Shop[];
  hasRoll: boolean;
  doubts: readonly Doubt[];
}

const ONE = object({
  name: hex,
  title: string(),
  rule: string(),
  categories: array(string()),
  unit: picklist(UNITS),
  merchants: array(object({ account: address, label: string() })),
  roll: boolean(),
});
const FILE: GenericSchema<unknown, { contract: Address; programmes: Published[] }> = object({
  contract: address,
  programmes: array(ONE),
});

let fetched: Promise<readonly Published[]> | null = null;

/** Fetched once, while one can; nothing where the town published none, or of another contract. */
function published(): Promise<readonly Published[]> {
  fetched ??= read().catch((error: unknown) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

async function read(): Promise<readonly Published[]> {
  const { programmes } = ((await townJson("town.json")) ?? {}) as { programmes?: unknown };
  if (!programmes) return []; // a file is not asked for in vain
  const value = await townJson("programmes.json");
  if (value === null) return [];
  const file = safeParse(FILE, value);
  if (!file.success) throw new TownError("invalid", "town/programmes.json");
  const isOurs = file.output.contract.toLowerCase() === addressOf(PROGRAMMES)?.toLowerCase();
  return isOurs ? file.output.programmes : [];
}

/** Every programme of the town's contract, those that the site does not tell of without a title. */
export async function readTownProgrammes(): Promise<TownProgramme[]> {
  const [all, told] = await Promise.all([readProgrammes(), published()]);
  return toldFirst(
    all.map((it) =>
      held(
        it,
        told.find(({ name }) => name.toLowerCase() === it.name),
      ),
    ),
  );
}

/** Anyone opens programmes, and accredits any shop in them: what the town tells of is not behind a stranger's. */
export const toldFirst = (all: readonly TownProgramme[]): TownProgramme[] =>
  all.toSorted((a, b) => Number(a.title === null) - Number(b.title === null));

/** What of the site's word the chain's terms bear out. */
export function held({ name, terms }: Programme, said: Published | undefined): TownProgramme {
  const isTitled = said !== undefined && hashOf(said.title) === terms.salt;
  const isRuled = said !== undefined && hashOf(said.rule) === terms.ruleHash;
  const doubts: Doubt[] = [];
  if (said && !isTitled) doubts.push("title");
  if (said && !isRuled) doubts.push("rule");
  return {
    name,
    terms,
    title: isTitled ? said.title : null,
    rule: isRuled ? said.rule : null,
    unit: unitOf(terms.unit_cents, said?.unit),
    categories: said?.categories ?? [],
    shops: said?.merchants ?? [],
    hasRoll: said?.roll ?? false,
    doubts,
  };
}

/** What has no money behind it is stamps, and a cent is money, whatever the site says. */
function unitOf(cents: number, said: Unit | undefined): Unit {
  if (cents === 0) return "stamps";
  if (cents === 1) return "money";
  return said === "meals" ? "meals" : "money";
}

const rolls = new Map<Hex, Promise<Roll | null>>();

/** Where a programme's roll is published, in the town's folder. */
export const placeOfRoll = ({ name }: Programme): string => `programmes/${name}.csv`;

/** The published roll, where it is the one that was sealed; null where none is. Made once. */
export function rollOf(programme: TownProgramme): Promise<Roll | null> {
  const { hasRoll, name } = programme;
  if (!hasRoll) return Promise.resolve(null);
  const found = rolls.get(name) ?? townFile(placeOfRoll(programme)).then((it) => it && readRoll(it, programme));
  const made = found.then((it) => it || null);
  rolls.set(name, made);
  made.catch(() => rolls.delete(name));
  return made;
}
