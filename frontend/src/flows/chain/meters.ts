/** What the chain has of a period and its meters, by which files are held. */
import { getAbiItem } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { now_s } from "../../chain/head";
import { logs } from "../../chain/logs";
import { metersAbi } from "../../generated/Meters";
import type { Hex } from "../../vote/ballot/bytes";
import type { ToldOwn } from "../energy/own";
import type { Told, ToldMeter } from "../energy/verify";
import type { Statement } from "../terms";
import { type Operation, readStatements } from "./clearing";

const meters = () => at("Meters", metersAbi);
const INSTALLED = getAbiItem({ abi: metersAbi, name: "MeterInstalled" });
const NOBODY = /^0x0{40}$/;

/** Nothing was stated of a period; or the node does not show what the contract keeps as stated last. */
type Untold = "unstated" | "unseen";

/** What was last stated of a period: of the last of all, what the contract keeps, whatever events a node shows. */
async function statementOf({ op, statement, status }: Operation, period: number): Promise<Statement | Untold> {
  if (status !== "none" && !statement) return "unseen";
  if (statement?.period === period) return statement;
  const all = await readStatements(op);
  return all.find((it) => it.statement.period === period)?.statement ?? "unstated";
}

/** A meter with what its agent committed to for a period; null where nobody installed it. */
async function readMeter(op: Hex, id: Hex, period: number): Promise<ToldMeter | null> {
  const [meter, commitment] = await Promise.all([
    readContract(chain(), { ...meters(), functionName: "meterOf", args: [op, id] }),
    readContract(chain(), { ...meters(), functionName: "commitmentOf", args: [op, id, period] }),
  ]);
  const { agent, kind, member, since, until, unit } = meter;
  return NOBODY.test(agent) ? null : { unit, kind, since_s: since, until_s: until, member, commitment };
}

/** Of so many meters is asked at once: the page stays answerable while hundreds are told. */
const AT_ONCE = 32;

/** All that were installed, by id, with what was committed to for a period. */
async function readMeters(op: Hex, period: number): Promise<ReadonlyMap<Hex, ToldMeter>> {
  const installed = await logs({ address: meters().address, event: INSTALLED, args: { op } });
  const ids = [...new Set(installed.map(({ args }) => args.id))];
  const known = new Map<Hex, ToldMeter>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const found = await Promise.all(some.map((id) => readMeter(op, id, period)));
    for (const [place, meter] of found.entries()) if (meter) known.set(some[place] as Hex, meter);
  }
  return known;
}

/** What the chain has of a published period. */
export async function toldOf(operation: Operation, period: number): Promise<Told | Untold> {
  const { op, terms } = operation;
  const statement = await statementOf(operation, period);
  if (typeof statement === "string") return statement;
  const { organiser, rulesHash } = terms;
  return { op, statement, organiser, rulesHash, meters: await readMeters(op, period), now_s: Number(await now_s()) };
}

/** The same for one meter of one's own: of all is asked, so that no node learns whose file somebody opened. */
export async function toldOwn(
  operation: Operation,
  period: number,
  id: Hex,
): Promise<ToldOwn | Untold | "uninstalled"> {
  const told = await toldOf(operation, period);
  if (typeof told === "string") return told;
  const meter = told.meters.get(id.toLowerCase() as Hex);
  const { organiser, rulesHash, statement } = told;
  return meter ? { statement, organiser, rulesHash, meter } : "uninstalled";
}
