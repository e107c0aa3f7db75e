import { type Address, type Hex, encodeAbiParameters, encodeFunctionData, keccak256, slice } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import type { DirectAct, DirectCall } from "../acts/act";
import { townDeskAbi } from "../generated/TownDesk";

/** How an account stands to a call, by the town's one authority. */
export type Standing =
  | { kind: "forbidden" }
  | { kind: "now" }
  /** Its office announces first, and waits. */
  | { kind: "announce"; delay_s: number }
  | { kind: "announced"; from_s: number };

const town = () => at("Town", townDeskAbi);

/** AccessManager's name for a call by someone. */
const operationOf = (caller: Address, target: Address, data: Hex): Hex =>
  keccak256(encodeAbiParameters([{ type: "address" }, { type: "address" }, { type: "bytes" }], [caller, target, data]));

export const dataOf = ({ abi, functionName, args }: DirectCall): Hex => encodeFunctionData({ abi, functionName, args });

/** Whether an account may make a call now, must announce it, has announced it, or may not at all. */
export async function standingOf(account: Address, call: DirectCall): Promise<Standing> {
  const data = dataOf(call);
  const [isImmediate, delay_s] = await readContract(chain(), {
    ...town(),
    functionName: "canCall",
    args: [account, call.address, slice(data, 0, 4)],
  });
  if (isImmediate) return { kind: "now" };
  if (delay_s === 0) return { kind: "forbidden" };
  const from_s = await readContract(chain(), {
    ...town(),
    functionName: "getSchedule",
    args: [operationOf(account, call.address, data)],
  });
  return from_s === 0 ? { kind: "announce", delay_s } : { kind: "announced", from_s };
}

/** Announces a call that the office's delay holds back; the call itself is made later, word for word. */
export const announcement = (act: DirectAct, title: string): DirectAct => ({
  call: { ...town(), functionName: "schedule", args: [act.call.address, dataOf(act.call), 0] },
  explanation: { ...act.explanation, title },
});

/** Takes an announcement back. */
export const withdrawal = (account: Address, target: Address, data: Hex, title: string): DirectAct => ({
  call: { ...town(), functionName: "cancel", args: [account, target, data] },
  explanation: { title, lines: [], until_s: null, payer: "self" },
});
