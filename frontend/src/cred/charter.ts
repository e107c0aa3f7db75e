/** What a town asks of a vote that burns, whoever opens it: as `Promises.attachEvaluation` does. */
import { readContract } from "viem/actions";
import { at, chain } from "../chain/client";
import { promisesAbi } from "../generated/Promises";
import type { Floors } from "../vote/booth/floors";

interface Charter {
  /** Seconds from its attaching to its first ballot, at least. */
  notice_s: number;
  /** Seconds from then to its last, at least. */
  voting_s: number;
}

/** What the town's charter of promises says. */
export async function readCharter(): Promise<Charter> {
  const contract = at("Promises", promisesAbi);
  const [notice_s, voting_s] = await Promise.all([
    readContract(chain(), { ...contract, functionName: "notice_s" }),
    readContract(chain(), { ...contract, functionName: "voting_s" }),
  ]);
  return { notice_s, voting_s };
}

/** The longer of what charter and Rulebook ask. */
export const burning = (floors: Floors, { notice_s, voting_s }: Charter): Floors => ({
  ...floors,
  notice_s: Math.max(floors.notice_s, notice_s),
  duration_s: Math.max(floors.duration_s, voting_s),
});
