import { type Abi, type AbiFunction, type Address, decodeAbiParameters, getAddress, keccak256 } from "viem";
import { type Ceremony, ceremonyContract, qualifiedDeals } from "../booth/ceremonies";
import type { callOf } from "../booth/calling";
import type { Once, Step } from "../booth/steps";
import { ActError } from "../../chain/problem";
import { keep, kept } from "../../store/local";
import { text } from "../../store/schema";
import { ballot } from "../words/ballot";
import { nameOf } from "../../parts/Address";
import { keys } from "../words/keys";
import { formatNumber } from "../../words/format";
import { openings } from "../words/openings";
import type { DirectAct, SlipAct } from "../../acts/act";
import { keyCeremonyAbi } from "../../generated/KeyCeremony";
import { theTown } from "../../town/folder";
import type { TypedData } from "../../wallet/typed";

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

/** A step that is said: signed by the trustee, posted by whoever pays. */
export type Said = Exclude<Step, { kind: "allRight" | "nothing" }>;

const STEP = {
  TrusteeStep: [
    { name: "ceremony", type: "uint256" },
    { name: "trustee", type: "uint256" },
    { name: "step", type: "string" },
    { name: "messageHash", type: "bytes32" },
  ],
} as const;

const ACKNOWLEDGEMENT = {
  Acknowledgement: [
    { name: "ceremony", type: "uint256" },
    { name: "trustee", type: "uint256" },
    { name: "keyX", type: "uint256" },
    { name: "keyY", type: "uint256" },
    { name: "shareX", type: "uint256" },
    { name: "shareY", type: "uint256" },
    { name: "settingHash", type: "bytes32" },
  ],
} as const;

/** The arguments of a step's function between the two numbers and the signature. */
function argumentsOf({ kind, said }: Said): readonly unknown[] {
  const entry = keyCeremonyAbi.find((it) => it.type === "function" && it.name === kind) as AbiFunction;
  return decodeAbiParameters(entry.inputs.slice(2, -1), said);
}

function typedOf(number: bigint, step: Said, domain: TypedData["domain"]): TypedData {
  const [ceremony, trustee] = [number, BigInt(step.index)];
  if (step.kind !== "acknowledge") {
    const message = { ceremony, trustee, step: step.kind, messageHash: keccak256(step.said) };
    return { domain, types: STEP, primaryType: "TrusteeStep", message };
  }
  const { key, share, setting } = step;
  const points = { keyX: key.x, keyY: key.y, shareX: share.x, shareY: share.y };
  const message = { ceremony, trustee, ...points, settingHash: setting };
  return { domain, types: ACKNOWLEDGEMENT, primaryType: "Acknowledgement", message };
}

/** Remembers in this browser what is about to be signed, before any wallet or node sees it, and lets nothing else be.
 * @throws ActError */
export function requireOnce(
  contract: Address,
  { number }: Pick<Ceremony, "number">,
  account: Address,
  { name, hash }: Once,
): void {
  const place = `signed/${contract}/${number}/${account.toLowerCase()}/${name}`;
  if (kept(place, text, hash) !== hash) throw new ActError({ kind: "told", sentence: ballot().faults.signedOther });
  keep(place, hash);
}

/** A trustee's part of a phase, as her key file gave it, for the contract that it was made for. */
export function stepping(
  { number, phase }: Pick<Ceremony, "number" | "phase">,
  step: Said,
  contract: Address,
): SlipAct {
  const w = keys();
  const address = getAddress(contract);
  const { chainId } = theTown();
  const domain = { name: "KeyCeremony", version: "1", chainId, verifyingContract: address };
  const args = [BigInt(number), BigInt(step.index), ...argumentsOf(step)];
  return {
    kind: step.kind === "acknowledge" ? "acknowledgement" : "trustee_step",
    typed: typedOf(BigInt(number), step, domain),
    extra: { arguments: step.said },
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
      payer: "town",
    },
    direct: (signature) => ({
      address,
      abi: keyCeremonyAbi as Abi,
      functionName: step.kind,
      args: [...args, signature],
    }),
  };
}

/** The returning officer calls trustees to make a key. */
export function calling(
  { address, abi }: Awaited<ReturnType<typeof ceremonyContract>>,
  args: ReturnType<typeof callOf>,
): DirectAct {
  const w = openings().key;
  const [, trustees, needed, , [lasts_s]] = args;
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
