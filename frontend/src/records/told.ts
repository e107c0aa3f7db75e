import type { ChainDoubt } from "./chain/attested";
import { PaperError, type PaperFault } from "./paper/faults";
import type { Doubt } from "./paper/showing";
import { faults } from "./words/faults";

/** The sentence of a fault. */
export function faultTold(fault: PaperFault): string {
  if (fault.kind === "wrongLine") return faults().onLine(fault.line, faultTold(fault.reason));
  return (faults().papers[fault.kind] as (it: PaperFault) => string)(fault);
}

/** The sentence of what was refused. @throws whatever is no fault of a paper */
export function refusalTold(error: unknown): string {
  if (error instanceof PaperError) return faultTold(error.fault);
  throw error;
}

/** The sentence of a doubt about what is shown. */
export const doubtTold = (doubt: Doubt): string => (faults().shown[doubt.kind] as (it: Doubt) => string)(doubt);

/** The sentence of what the chain says against it. */
export const chainDoubtTold = (doubt: ChainDoubt): string =>
  (faults().chain[doubt.kind] as (it: ChainDoubt) => string)(doubt);
