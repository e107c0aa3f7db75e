import type { Hex } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { consultationsAbi } from "../../generated/Consultations";
import { rollsAbi } from "../../generated/Rolls";
import { rulebookAbi } from "../../generated/Rulebook";

/** As `IResidents.Kind`. */
const CITIZEN = 1;

/** What a town's Rulebook asks of every consultation. */
export interface Floors {
  /** Seconds between the opening of a consultation and its vote, at least. */
  notice_s: number;
  /** Seconds that a vote lasts, at least. */
  duration_s: number;
  /** Ballots that a secrecy minimum asks for, at least. */
  secrecyMinimum: number;
  /** And the part of the roll, in basis points, at most. */
  secrecyShare_bps: number;
}

async function rulebook() {
  const consultations = at("Consultations", consultationsAbi);
  const address = await readContract(chain(), { ...consultations, functionName: "rulebook" });
  return { address, abi: rulebookAbi } as const;
}

/** The bounds below which the contract opens nothing. */
export const readFloors = async (): Promise<Floors> =>
  readContract(chain(), { ...(await rulebook()), functionName: "floors" });

interface OfRoll {
  root: Hex;
  size: number;
}

const rolls = async () => ({
  address: await readContract(chain(), { ...(await rulebook()), functionName: "rolls" }),
  abi: rollsAbi,
});

/** The citizens' roll that two offices sealed last; of nobody where they sealed none. */
export const latestRoll = async (): Promise<OfRoll> =>
  readContract(chain(), { ...(await rolls()), functionName: "latest", args: [CITIZEN] });

/** Whether a roll is that one, and not too old for promises to be judged by it. */
export const isCurrent = async ({ root, size }: OfRoll): Promise<boolean> =>
  readContract(chain(), { ...(await rolls()), functionName: "isCurrent", args: [CITIZEN, root, size] });

/** The most that a secrecy minimum may ask for over a roll of that size, rounded down as the contract does. */
export const mostSecret = ({ secrecyShare_bps }: Floors, rollSize: number): number =>
  Math.floor((rollSize * secrecyShare_bps) / 10_000);
