/** The page's side: a worker for each job, so that the page never waits, and nothing of a file stays. */
import type { JobName, Jobs, Progress } from "./jobs";
import type { Answer, Order } from "./worker";
import DataWorker from "./worker?worker&inline";

/** @throws Error where the file cannot be read */
export function labour<Name extends JobName>(
  job: Name,
  ask: Jobs[Name]["ask"],
  progress: Progress = () => {},
): Promise<Jobs[Name]["answer"]> {
  const worker = new DataWorker();
  return new Promise<Jobs[Name]["answer"]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("progress" in data) progress(data.progress);
      else if ("result" in data) resolve(data.result as Jobs[Name]["answer"]);
      else reject(new Error(data.failed));
    };
    worker.onerror = (event: ErrorEvent) => reject(new Error(event.message));
    worker.postMessage({ job, ask } satisfies Order);
  }).finally(() => worker.terminate());
}
