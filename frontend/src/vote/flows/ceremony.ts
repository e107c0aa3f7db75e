import type { Abi } from "viem";
import { type Ceremony, ceremonyContract, qualifiedDeals } from "../booth/ceremonies";
import type { callOf } from "../booth/calling";
import type { Step } from "../booth/steps";
import { nameOf } from "../../parts/Address";
import { keys } from "../words/keys";
import { formatNumber } from "../../words/format";
import { openings } from "../words/openings";
import type { DirectAct } from "../../acts/act";

/** Ends a phase whose time is over; after the complaints, computes the key. Anyone may. */
export async function advancing(ceremony: Ceremony): Promise<DirectAct> {
  const w = keys();
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

/** A step that is a transaction. */
export type Said = Exclude<Step, { kind: "allRight" | "nothing" }>;

function argumentsOf(step: Said): readonly unknown[] {
  switch (step.kind) {
    case "enrol":
      return [step.key, step.proof];
    case "commit":
      return [step.hash];
    case "deal":
      return [step.deal];
    case "complain":
      return [BigInt(step.dealer), step.deal, step.key, step.dh, step.proof];
  }
}

/** A trustee's part of a phase, as her key file gave it. */
export async function stepping({ number, phase }: Pick<Ceremony, "number" | "phase">, step: Said): Promise<DirectAct> {
  const w = keys();
  const { address, abi } = await ceremonyContract();
  const args = [BigInt(number), BigInt(step.index), ...argumentsOf(step)];
  return {
    call: { address, abi: abi as Abi, functionName: step.kind, args },
    explanation: {
      title: w.saying[step.kind].title,
      lines: [
        [w.ceremony, formatNumber(number)],
        [w.phase, w.phases[phase]],
        [w.trustee, formatNumber(step.index)],
        ...(step.kind === "complain" ? ([[w.accused, formatNumber(step.dealer)]] as const) : []),
      ],
      consequence: w.saying[step.kind].consequence,
      until_s: null,
      payer: "self",
    },
  };
}

/** The returning officer calls trustees to make a key. */
export function calling(
  { address, abi }: Awaited<ReturnType<typeof ceremonyContract>>,
  args: ReturnType<typeof callOf>,
): DirectAct {
  const w = openings().key;
  const [trustees, needed, [lasts_s]] = args;
  return {
    call: { address, abi: abi as Abi, functionName: "open", args },
    explanation: {
      title: w.title,
      lines: [
        ...trustees.map((account, place): [string, string] => [
          w.trustee(place + 1),
          `${nameOf(account)} (${account})`,
        ]),
        [w.needed, w.neededOf(needed, trustees.length)],
        [w.hours, `${formatNumber(lasts_s / 3_600)} ${w.hoursUnit}`],
      ],
      consequence: w.consequence,
      until_s: null,
      payer: "self",
    },
  };
}
