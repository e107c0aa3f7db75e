import type { Address } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { followed } from "../../chain/followed";
import { logs } from "../../chain/logs";
import { consultationsAbi } from "../../generated/Consultations";
import { keyCeremonyAbi } from "../../generated/KeyCeremony";

/** As contracts/vote/interfaces/IKeyCeremony.sol numbers them. */
const PHASES = ["none", "enrolment", "commit", "deal", "complaints", "acknowledgement", "ready", "failed"] as const;
export type Phase = (typeof PHASES)[number];

/** What is known of a trustee. */
export interface Part {
  /** Whether she has done what this phase asks of her. */
  hasActed: boolean;
  isExcluded: boolean;
}

/** A trustee, and what this node says of her. */
export interface Trustee {
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
export const ACT: Partial<Record<Phase, Act>> = {
  enrolment: "enrolled",
  commit: "committed",
  deal: "dealt",
  complaints: "dealt",
};

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
