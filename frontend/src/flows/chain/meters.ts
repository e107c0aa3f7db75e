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

/** What was last stated of a period; null where nothing was. */
async function statementOf(op: Hex, period: number): Promise<Statement | null> {
  const all = await readStatements(op);
  return all.find(({ statement }) => statement.period === period)?.statement ?? null;
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

/** What the chain has of a published period; null where it was not stated. */
export async function toldOf({ op, terms }: Operation, period: number): Promise<Told | null> {
  const statement = await statementOf(op, period);
  if (!statement) return null;
  const installed = await logs({ address: meters().address, event: INSTALLED, args: { op } });
  const found = await Promise.all(installed.map(({ args }) => readMeter(op, args.id, period)));
  const known = installed.flatMap(({ args }, place) => {
    const meter = found[place];
    return meter ? [[args.id, meter] as const] : [];
  });
  const { organiser, rulesHash } = terms;
  return { op, statement, organiser, rulesHash, meters: new Map(known), now_s: Number(await now_s()) };
}

/** The same for one meter of one's own. */
export async function toldOwn(
  { op, terms }: Operation,
  period: number,
  id: Hex,
): Promise<ToldOwn | "unstated" | "uninstalled"> {
  const [statement, meter] = await Promise.all([statementOf(op, period), readMeter(op, id, period)]);
  if (!statement) return "unstated";
  if (!meter) return "uninstalled";
  return { statement, commitment: meter.commitment, organiser: terms.organiser, rulesHash: terms.rulesHash };
}
