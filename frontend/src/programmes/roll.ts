/** A programme's published roll under its Merkle root. As `beffroi/programmes/programmeroll.py`. */
import { type Address, encodeAbiParameters, getAddress, isAddress, isAddressEqual } from "viem";
import { hashLeaf, nodesOver, proofOf } from "../merkle";
import type { Hex } from "../vote/ballot/bytes";
import type { Programme } from "./terms";

/** Units a period: what the contract's slot holds. */
const MOST_UNITS = 2 ** 32 - 1;
const HEAD = "index;key;units;rule";
const LINE = /^(\d{1,9});(0x[0-9a-fA-F]{40});(\d{1,10});(0x[0-9a-f]{64})$/;
const LEAF = [{ type: "bytes32" }, { type: "uint256" }, { type: "address" }, { type: "uint256" }] as const;

export interface Entry {
  key: Address;
  /** Units a period. */
  each: number;
}

/** A key's place, which is shown with its first spend. */
export interface Place {
  holder: Address;
  index: number;
  each: number;
  proof: readonly Hex[];
}

export class Roll {
  readonly #nodes: readonly Hex[];

  constructor(
    programme: Hex,
    readonly entries: readonly Entry[],
  ) {
    this.#nodes = nodesOver(
      entries.map(({ key, each }, index) =>
        hashLeaf(encodeAbiParameters(LEAF, [programme, BigInt(index), key, BigInt(each)])),
      ),
    );
  }

  get root(): Hex {
    return this.#nodes[0] as Hex;
  }

  get total(): number {
    return this.entries.reduce((sum, { each }) => sum + each, 0);
  }

  /** Null where the key does not stand there. */
  placeOf(key: Address): Place | null {
    const index = this.entries.findIndex((it) => isAddressEqual(it.key, key));
    const entry = this.entries[index];
    return entry ? { holder: entry.key, index, each: entry.each, proof: proofOf(this.#nodes, index) } : null;
  }
}

/** A published roll beside what was sealed. */
export interface RollCheck {
  keys: number;
  /** Whether it allows what was announced, in sum. */
  isSum: boolean;
  /** Whether every line was made by the rule that was announced. */
  isRule: boolean;
  isRoot: boolean;
}

/** Holds a file to what was sealed of a programme's roll; null where it is none. */
export function checkRoll(text: string, programme: Programme): RollCheck | null {
  const read = parse(text, programme.name);
  return read && checked(read, programme);
}

/** The roll of a programme from the file in which it is published; null where it is not the one that was sealed. */
export function readRoll(text: string, programme: Programme): Roll | null {
  const read = parse(text, programme.name);
  if (!read) return null;
  const { isSum, isRule, isRoot } = checked(read, programme);
  return isSum && isRule && isRoot ? read.roll : null;
}

interface Read {
  roll: Roll;
  rules: ReadonlySet<string>;
}

const checked = ({ roll, rules }: Read, { terms }: Programme): RollCheck => ({
  keys: roll.entries.length,
  isSum: roll.total === terms.total,
  isRule: rules.size === 1 && rules.has(terms.ruleHash),
  isRoot: roll.root === terms.root,
});

/** Indices count from 0, and no line is of another form; null otherwise. */
function parse(text: string, programme: Hex): Read | null {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  if (lines.shift() !== HEAD) return null;
  if (lines.at(-1) === "") lines.pop();
  const entries: Entry[] = [];
  const rules = new Set<string>();
  for (const line of lines) {
    const [, index, key = "", units, rule = ""] = LINE.exec(line) ?? [];
    const each = Number(units);
    const isSound = index === String(entries.length) && isAddress(key, { strict: false });
    if (!isSound || each < 1 || each > MOST_UNITS) return null;
    entries.push({ key: getAddress(key), each });
    rules.add(rule);
  }
  return entries.length === 0 ? null : { roll: new Roll(programme, entries), rules };
}
