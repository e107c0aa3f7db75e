/** Work in a worker of its own, so that the page never waits and nothing of a file stays: both of its sides. */

export type Progress = (done: number) => void;

/** What is asked for, and answered, by the names of jobs. */
type Jobs<Names extends string> = { readonly [Name in Names]: { ask: unknown; answer: unknown } };

export type Work<All extends Jobs<keyof All & string>> = {
  readonly [Name in keyof All]: (ask: All[Name]["ask"], progress: Progress) => Promise<All[Name]["answer"]>;
};

interface Order {
  readonly job: string;
  readonly ask: unknown;
}

/** What failed, and by which name: errors lose their class between threads. */
type Answer = { readonly progress: number } | { readonly result: unknown } | { readonly failed: string };

const scope = globalThis as unknown as {
  postMessage: (answer: Answer) => void;
  onmessage: ((event: MessageEvent<Order>) => void) | null;
};

/** The worker's side: one job, its progress, its result or that it failed. */
export function serve<All extends Jobs<keyof All & string>>(work: Work<All>): void {
  scope.onmessage = async ({ data: { job, ask } }) => {
    try {
      const result = await work[job as keyof All](ask, (progress) => scope.postMessage({ progress }));
      scope.postMessage({ result });
    } catch (error) {
      scope.postMessage({ failed: String(error) });
    }
  };
}

/** The page's side: a worker for each job. Its promise is refused where the work fails. */
export const labourOf =
  <All extends Jobs<keyof All & string>>(Labourer: new () => Worker) =>
  <Name extends keyof All & string>(
    job: Name,
    ask: All[Name]["ask"],
    progress: Progress = () => {},
  ): Promise<All[Name]["answer"]> => {
    const worker = new Labourer();
    return new Promise<All[Name]["answer"]>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if ("progress" in data) progress(data.progress);
        else if ("result" in data) resolve(data.result);
        else reject(new Error(data.failed));
      };
      worker.onerror = (event: ErrorEvent) => reject(new Error(event.message));
      worker.postMessage({ job, ask } satisfies Order);
    }).finally(() => worker.terminate());
  };
