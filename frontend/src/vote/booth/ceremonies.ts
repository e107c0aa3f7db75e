import type { Address } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { followed } from "../../chain/followed";
import { logs } from "../../chain/logs";
import { consultationsAbi } from "../../generated/Consultations";
import { keyCeremonyAbi } from "../../generated/KeyCeremony";
import { booth } from "./booth";
import type { Signed } from "./keymaking";

/** As contracts/vote/interfaces/IKeyCeremony.sol numbers them. */
const PHASES = ["none", "enrolment", "commit", "deal", "complaints", "acknowledgement", "ready", "failed"] as const;
export type Phase = (typeof PHASES)[number];

/** What is known of a trustee. */
interface Part {
  /** Whether she has done what this phase asks of her. */
  hasActed: boolean;
  isExcluded: boolean;
}

/** A trustee, and what this node says of her. */
interface Trustee {
  account: Address;
  told: Part;
}

/** A key in the making, or made. */
export interface Ceremony {
  number: number;
  phase: Phase;
  /** When the phase ends, unix seconds; 0 when all is over. */
  endsAt_s: number;
  needed: number;
  trustees: readonly Trustee[];
}

/** A ceremony, and what its trustees are heard to have signed. */
export interface Heard extends Ceremony {
  trustees: readonly (Trustee & { shown: Part })[];
  /** Whether nothing else was told of them, and a key that is ready stands on it. */
  isBelieved: boolean;
}

/** Consultations names its ceremony itself. */
export async function ceremonyContract(): Promise<{ address: Address; abi: typeof keyCeremonyAbi }> {
  const consultations = at("Consultations", consultationsAbi);
  const address = await readContract(chain(), { ...consultations, functionName: "CEREMONIES" });
  return { address, abi: keyCeremonyAbi };
}

type Named<Name extends string> = Extract<(typeof keyCeremonyAbi)[number], { type: "event"; name: Name }>;
const event = <const Name extends string>(name: Name): Named<Name> =>
  keyCeremonyAbi.find((entry) => entry.type === "event" && entry.name === name) as Named<Name>;

let openings: ReturnType<typeof followed<Named<"CeremonyOpened">>> | null = null;

/** Every ceremony, the newest first. */
export async function readCeremonies(): Promise<Ceremony[]> {
  const contract = await ceremonyContract();
  openings ??= followed(() => ({ address: contract.address, event: event("CeremonyOpened") }));
  const found = await openings();
  const ceremonies = found.map(async ({ args: { id, trustees, threshold } }): Promise<Ceremony> => {
    const [[phase, endsAt], [enrolled, committed, dealt, excluded, acknowledged]] = await Promise.all([
      readContract(chain(), { ...contract, functionName: "phase", args: [id] }),
      readContract(chain(), { ...contract, functionName: "acts", args: [id] }),
    ]);
    const current = PHASES[phase] ?? "none";
    const acted = { enrolled, committed, dealt, acknowledged }[ACT[current] ?? "acknowledged"];
    return {
      number: Number(id),
      phase: current,
      endsAt_s: Number(endsAt),
      needed: threshold,
      trustees: trustees.map((account, place) => ({
        account,
        told: { hasActed: isSet(acted, place), isExcluded: isSet(excluded, place) },
      })),
    };
  });
  return (await Promise.all(ceremonies)).sort((a, b) => b.number - a.number);
}

type Act = "enrolled" | "committed" | "dealt" | "acknowledged";

/** What a phase asks of a trustee; afterwards, that she has signed the key. */
const ACT: Partial<Record<Phase, Act>> = {
  enrolment: "enrolled",
  commit: "committed",
  deal: "dealt",
  complaints: "dealt",
};

/** Keys that stand on what was signed: nothing more comes. */
const sound = new Map<number, Signed>();

/** What trustees signed, as this device checks it. */
export async function hear(ceremony: Ceremony): Promise<Heard> {
  const { number } = ceremony;
  const signed = sound.get(number) ?? (await booth().ask("signed", number));
  if (signed.isSound) sound.set(number, signed);
  const acted = signed[ACT[ceremony.phase] ?? "acknowledged"];
  return {
    ...ceremony,
    isBelieved: ceremony.phase === "ready" ? signed.isSound : signed.isBelieved,
    trustees: ceremony.trustees.map((trustee, place) => {
      const has = (those: readonly number[]): boolean => those.includes(place + 1);
      return { ...trustee, shown: { hasActed: has(acted), isExcluded: has(signed.excluded) } };
    }),
  };
}

const isSet = (mask: bigint, place: number): boolean => ((mask >> BigInt(place)) & 1n) === 1n;

/** The deals of the dealers who qualify, in the order of their indices: what `conclude` takes. */
export async function qualifiedDeals({ number, trustees }: Ceremony): Promise<unknown[]> {
  const { address } = await ceremonyContract();
  const dealt = await logs({ address, event: event("Dealt"), args: { id: BigInt(number) } });
  return dealt
    .filter(({ args }) => !trustees[Number(args.index) - 1]?.told.isExcluded)
    .sort((a, b) => Number(a.args.index - b.args.index))
    .map(({ args }) => args.deal);
}
