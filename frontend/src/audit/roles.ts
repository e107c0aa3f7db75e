import type { Entry } from "../land/history";
import { type Seat, seats } from "../wallet/who";

/** Who may do what in a town, as its AccessManager's events tell it. */
export interface Authority {
  /** Office → account → delay in seconds. */
  members: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Contract's address → selector → role; those of ADMIN are left out. */
  functions: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Contracts whose restricted functions nobody may call. */
  closed: ReadonlySet<string>;
}

const inner = <K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> => {
  const found = map.get(key) ?? new Map<string, V>();
  map.set(key, found);
  return found;
};

/** Replays the events of Town, in the order of the chain. */
export function authorityOf(entries: readonly Entry[]): Authority {
  const members = new Map<number, Map<string, number>>();
  const functions = new Map<string, Map<string, number>>();
  const closed = new Set<string>();
  const inOrder = [...entries].sort((a, b) => (a.block === b.block ? a.index - b.index : a.block < b.block ? -1 : 1));
  for (const { name, args } of inOrder) {
    const role = Number(args["roleId"] ?? 0);
    const account = String(args["account"]);
    const target = String(args["target"]);
    if (name === "RoleGranted") inner(members, role).set(account, Number(args["delay"]));
    else if (name === "RoleRevoked") inner(members, role).delete(account);
    else if (name === "TargetClosed") closed[args["closed"] ? "add" : "delete"](target);
    else if (name === "TargetFunctionRoleUpdated") {
      const selectors = inner(functions, target);
      if (role === 0) selectors.delete(String(args["selector"]));
      else selectors.set(String(args["selector"]), role);
    }
  }
  return { members, functions, closed };
}

/** The seat of a role number, the town's or a currency's; null for a role that neither names. */
export const seatOf = (role: number): Seat | null => seats().find((seat) => seat.role === role) ?? null;

/** A line from an office to a contract, with what it may call there. */
export interface Power {
  role: number;
  target: string;
  selectors: readonly string[];
}

/** What each office may call, contract by contract, in the order of the offices. */
export function powersOf({ functions }: Authority): Power[] {
  const powers = new Map<string, { role: number; target: string; selectors: string[] }>();
  for (const [target, selectors] of functions) {
    for (const [selector, role] of selectors) {
      const key = `${role}/${target}`;
      const power = powers.get(key) ?? { role, target, selectors: [] };
      power.selectors.push(selector);
      powers.set(key, power);
    }
  }
  return [...powers.values()].sort((a, b) => a.role - b.role);
}

/** A drawing: who on the left, offices in the middle, contracts on the right. */
export interface Graph {
  width: number;
  height: number;
  nodes: readonly { id: string; column: 0 | 1 | 2; x: number; y: number; width: number }[];
  edges: readonly { from: string; to: string; path: string; isDelayed: boolean }[];
}

const COLUMNS = [
  { x: 0, width: 130 },
  { x: 190, width: 215 },
  { x: 480, width: 135 },
] as const;
const WIDTH = 615;
const ROW = 46;
export const BOX = 32;

/** Lays the authority out; each column in the order of the offices, evenly spread. */
export function graphOf(authority: Authority): Graph {
  const powers = powersOf(authority);
  const held = [...authority.members].filter(([, accounts]) => accounts.size > 0);
  const roles = [...new Set([...held.map(([role]) => role), ...powers.map(({ role }) => role)])].sort((a, b) => a - b);
  const accounts = [...new Set(roles.flatMap((role) => [...(authority.members.get(role)?.keys() ?? [])]))];
  const targets = [...new Set(powers.map(({ target }) => target))];
  const columns = [
    accounts.map((it) => `account/${it}`),
    roles.map((it) => `role/${it}`),
    targets.map((it) => `target/${it}`),
  ];
  const height = Math.max(...columns.map((column) => column.length), 1) * ROW;
  const nodes = columns.flatMap((column, place) =>
    column.map((id, row) => ({
      id,
      column: place as 0 | 1 | 2,
      x: COLUMNS[place]!.x,
      y: ((row + 0.5) * height) / column.length - BOX / 2,
      width: COLUMNS[place]!.width,
    })),
  );
  const at = new Map(nodes.map((node) => [node.id, node]));
  const edge = (from: string, to: string, isDelayed: boolean): Graph["edges"] => {
    const [a, b] = [at.get(from), at.get(to)];
    if (!a || !b) return [];
    const [x1, y1, x2, y2] = [a.x + a.width, a.y + BOX / 2, b.x, b.y + BOX / 2];
    const bend = (x1 + x2) / 2;
    return [{ from, to, isDelayed, path: `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}` }];
  };
  const edges = [
    ...held.flatMap(([role, who]) =>
      [...who].flatMap(([account, delay]) => edge(`account/${account}`, `role/${role}`, delay > 0)),
    ),
    ...powers.flatMap(({ role, target }) => edge(`role/${role}`, `target/${target}`, false)),
  ];
  return { width: WIDTH, height, nodes, edges };
}
