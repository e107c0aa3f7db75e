import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { consultationsAbi } from "../../generated/Consultations";
import { rulebookAbi } from "../../generated/Rulebook";

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

/** The bounds below which the contract opens nothing. */
export async function readFloors(): Promise<Floors> {
  const consultations = at("Consultations", consultationsAbi);
  const address = await readContract(chain(), { ...consultations, functionName: "rulebook" });
  return readContract(chain(), { address, abi: rulebookAbi, functionName: "floors" });
}

/** The most that a secrecy minimum may ask for over a roll of that size, rounded down as the contract does. */
export const mostSecret = ({ secrecyShare_bps }: Floors, rollSize: number): number =>
  Math.floor((rollSize * secrecyShare_bps) / 10_000);
