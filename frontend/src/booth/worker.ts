/** The worker's door: one message a job, its progress, its result or its error. */
import { type JobName, jobs } from "./jobs";

export interface Order {
  readonly id: number;
  readonly job: JobName;
  readonly ask: unknown;
}

export type Answer =
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: unknown };

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

/** An error as it can travel: what its class tells is kept by name. */
function portable(error: unknown): { name: string; message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: "Error", message: String(error) };
}
