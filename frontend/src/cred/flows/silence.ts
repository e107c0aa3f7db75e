import { type Abi, type Hex, toHex } from "viem";
import type { DirectAct } from "../../acts/act";
import { at } from "../../chain/client";
import { promisesAbi } from "../../generated/Promises";
import { nameOf } from "../../parts/Address";
import { formatNumber } from "../../words/format";
import type { Mandate } from "../history";
import { cred } from "../words/cred";

const contract = () => at("Promises", promisesAbi as Abi);
const idsOf = (promises: readonly number[]): Hex => toHex(Uint8Array.from(promises));

function linesOf({ subject, promises }: Mandate, chosen: readonly number[]): [string, string][] {
  const w = cred().signing;
  return [
    [w.official, nameOf(subject)],
    ...chosen.map((number): [string, string] => [
      `${w.promise} ${formatNumber(number + 1)}`,
      promises.find((it) => it.number === number)?.text.text ?? "",
    ]),
  ];
}

/** Anyone has promises judged that the returning officer left; the contract chooses roll and dates. */
export function calling(mandate: Mandate, promises: readonly number[], key: number): DirectAct {
  const w = cred().silence;
  return {
    call: {
      ...contract(),
      functionName: "callEvaluation",
      args: [BigInt(mandate.number), idsOf(promises), BigInt(key)],
    },
    explanation: {
      title: w.callTitle,
      lines: [...linesOf(mandate, promises), [w.key, formatNumber(key)]],
      consequence: w.callNote,
      until_s: null,
      payer: "self",
    },
  };
}

/** Anyone states that nobody could judge promises in time. */
export function declaringUnjudged(mandate: Mandate, promises: readonly number[]): DirectAct {
  const w = cred().silence;
  return {
    call: { ...contract(), functionName: "declareUnjudged", args: [BigInt(mandate.number), idsOf(promises)] },
    explanation: {
      title: w.unjudgedTitle,
      lines: linesOf(mandate, promises),
      consequence: w.unjudgedNote,
      until_s: null,
      payer: "self",
    },
  };
}
