/** The page's side of the voting booth: a worker that encrypts, proves and verifies, so that the page never waits. */
import { ActError, type Problem } from "../../chain/problem";
import { theTown } from "../../town/folder";
import type { Town } from "../../town/town";
import { ballot } from "../words/ballot";
import type { Progress } from "./auditing";
import type { JobName, Jobs } from "./jobs";
import type { Answer, Order, Trouble } from "./worker";
import BoothWorker from "./worker?worker&inline";

type Ask<Name extends JobName> = Parameters<Jobs[Name]>[0];
type Result<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>;

/** A job that failed, in the words of the page. */
export class BoothError extends ActError {
  override name = "BoothError";
  readonly code: Trouble["code"] | "closed";

  constructor(code: Trouble["code"] | "closed", problem: Problem) {
    super(problem);
    this.code = code;
  }
}

function errorOf({ code, isOffline, detail }: Trouble): BoothError {
  if (isOffline) return new BoothError(code, { kind: "offline" });
  if (code === null) return new BoothError(code, { kind: "unknown", detail });
  return new BoothError(code, { kind: "told", sentence: ballot().faults[code] });
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly progress: Progress | undefined;
}

/** A booth of one's own; `close` it where a job may be stopped midway. */
export class Booth {
  readonly #worker = new BoothWorker();
  readonly #waiting = new Map<number, Waiting>();
  #orders = 0;

  /** @param town where it reads: the one that this page serves, perhaps behind another node. */
  constructor(town: Town = theTown()) {
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
    this.#worker.onerror = (event: ErrorEvent) =>
      this.#fail(new BoothError(null, { kind: "unknown", detail: event.message }));
    this.ask("town", town).catch(() => {}); // whoever asks for more is told
  }

  ask<Name extends JobName>(job: Name, ask: Ask<Name>, progress?: Progress): Promise<Result<Name>> {
    this.#orders += 1;
    const order: Order = { id: this.#orders, job, ask };
    return new Promise<Result<Name>>((resolve, reject) => {
      this.#waiting.set(order.id, { resolve: resolve as (result: never) => void, reject, progress });
      this.#worker.postMessage(order);
    });
  }

  close(): void {
    this.#worker.terminate();
    this.#fail(new BoothError("closed", { kind: "unknown", detail: "" }));
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    if ("progress" in answer) return waiting.progress?.(answer.progress);
    this.#waiting.delete(answer.id);
    if ("result" in answer) waiting.resolve(answer.result as never);
    else waiting.reject(errorOf(answer.error));
  }

  #fail(error: BoothError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

let shared: Booth | null = null;

/** The booth that every view shares: tables that are made once serve again. */
export function booth(): Booth {
  shared ??= new Booth();
  return shared;
}
