import type { Abi } from "viem";
import { type Ceremony, ceremonyContract, qualifiedDeals } from "../booth/ceremonies";
import { ballot } from "../words/ballot";
import { formatNumber } from "../words/format";
import type { DirectAct } from "./act";

/** Ends a phase whose time is over; after the complaints, computes the key. Anyone may. */
export async function advancing(ceremony: Ceremony): Promise<DirectAct> {
  const w = ballot().keys;
  const { address, abi } = await ceremonyContract();
  const id = BigInt(ceremony.number);
  const call =
    ceremony.phase === "complaints"
      ? { functionName: "conclude", args: [id, await qualifiedDeals(ceremony)] }
      : { functionName: "advance", args: [id] };
  return {
    call: { address, abi: abi as Abi, ...call },
    explanation: {
      title: w.advanceTitle,
      lines: [
        [w.ceremony, formatNumber(ceremony.number)],
        [w.phase, w.phases[ceremony.phase]],
      ],
      until_s: null,
      payer: "self",
    },
  };
}
