/** The worker's door: one message a job, its progress, its result or its error. */
import { KeyFileError, type KeyFileProblem } from "../ballot/keyfile";
import { type JobName, jobs } from "./jobs";
import { type FaultCode, RecordFault } from "./record";

/** What went wrong, as far as it can be told in words. */
export interface Trouble {
  readonly code: FaultCode | KeyFileProblem | null;
  /** Whether the node did not answer. */
  readonly isOffline: boolean;
  readonly detail: string;
}

export interface Order {
  readonly id: number;
  readonly job: JobName;
  readonly ask: unknown;
}

export type Answer =
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: Trouble };

const scope = globalThis as unknown as {
  postMessage: (answer: Answer) => void;
  onmessage: ((event: MessageEvent<Order>) => void) | null;
};

scope.onmessage = async ({ data: { id, job, ask } }) => {
  try {
    const work = jobs[job] as (ask: unknown, progress: (done: number) => void) => unknown;
    const result = await work(ask, (progress) => scope.postMessage({ id, progress }));
    scope.postMessage({ id, result });
  } catch (error) {
    scope.postMessage({ id, error: portable(error) });
  }
};

/** An error as it can travel: the classes that it came through tell what it is. */
function portable(error: unknown): Trouble {
  const names: string[] = [];
  for (let cause = error; cause instanceof Error && names.length < 10; cause = cause.cause) names.push(cause.name);
  const code = error instanceof RecordFault ? error.code : error instanceof KeyFileError ? error.problem : null;
  const isOffline = names.includes("HttpRequestError") || names.includes("TimeoutError");
  return { code, isOffline, detail: error instanceof Error ? error.message : String(error) };
}
