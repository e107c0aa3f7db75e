/** The worker's door: one job, its progress, its result or that it failed. */
import { type JobName, jobs } from "./jobs";

export interface Order {
  readonly job: JobName;
  readonly ask: unknown;
}

export type Answer = { readonly progress: number } | { readonly result: unknown } | { readonly failed: string };

const scope = globalThis as unknown as {
  postMessage: (answer: Answer) => void;
  onmessage: ((event: MessageEvent<Order>) => void) | null;
};

scope.onmessage = async ({ data: { job, ask } }) => {
  try {
    const work = jobs[job] as (ask: unknown, progress: (done: number) => void) => Promise<unknown>;
    scope.postMessage({ result: await work(ask, (progress) => scope.postMessage({ progress })) });
  } catch (error) {
    scope.postMessage({ failed: String(error) });
  }
};
