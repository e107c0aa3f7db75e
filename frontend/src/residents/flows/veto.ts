import type { Address } from "viem";
import { at } from "../../chain/client";
import { residentsAbi } from "../../generated/Residents";
import { formatMoment } from "../../words/format";
import { recovery } from "../words/recovery";
import type { SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";

const VETO = {
  VetoRecovery: [
    { name: "account", type: "address" },
    { name: "successor", type: "address" },
    { name: "recoverableAt", type: "uint64" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/** The old key is not lost: its holder stops this very recovery, until the moment at which it could be carried out. */
export async function veto(account: Address, successor: Address, recoverableAt_s: bigint): Promise<SlipAct> {
  const domain = await domainOf("Residents");
  const message = { account, successor, recoverableAt: recoverableAt_s, deadline: recoverableAt_s };
  const w = recovery().signing;
  return {
    kind: "veto",
    typed: { domain, types: VETO, primaryType: "VetoRecovery", message },
    explanation: {
      title: w.title,
      lines: [
        [w.account, message.account],
        [w.successor, message.successor],
        [w.from, formatMoment(message.recoverableAt)],
      ],
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...at("Residents", residentsAbi),
      functionName: "vetoRecovery",
      args: [account, message.deadline, signature],
    }),
  };
}
