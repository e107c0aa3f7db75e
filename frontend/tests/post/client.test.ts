import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PostError, type SlipStatus, follow, submit } from "../../src/post/client";
import { setTown } from "../../src/town/folder";
import type { Town } from "../../src/town/town";

const slip = (state: string): SlipStatus => ({ id: "0xabc", state }) as unknown as SlipStatus;
const answer = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });

/** What the office answers, in turn; an Error is a dead line. */
function office(...answers: (Response | Error)[]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const next = answers.shift();
    if (!next || next instanceof Error) throw next ?? new Error("nobody");
    return next;
  });
  return asked;
}

beforeEach(() => {
  setTown({ post: "http://office" } as Town);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("follow", () => {
  it("tells each state once, to the end, through a dead line and a dead office", async () => {
    office(
      answer(200, slip("queued")),
      new Error("line is dead"),
      answer(502, {}),
      answer(429, { code: "rate_limited", message: "slowly" }),
      answer(200, slip("queued")),
      answer(200, slip("posted")),
      answer(200, slip("confirmed")),
    );
    const told: string[] = [];
    const ended = follow(slip("received"), ({ state }) => told.push(state));
    await vi.advanceTimersByTimeAsync(60_000);
    const end = await ended;
    expect(told).toEqual(["received", "queued", "posted", "confirmed"]);
    expect(end.state).toBe("confirmed");
  });

  it("ends where the office says that it knows nothing of it", async () => {
    office(answer(404, { code: "slip_unknown", message: "no" }));
    await expect(follow(slip("queued"), () => {})).rejects.toThrow(expect.objectContaining({ code: "slip_unknown" }));
  });

  it("hands on the error that the contract would refuse by, and no other code's", async () => {
    const details = { error: "MutualCredit_TooMuchCredit", args: ["1100", "1000"] };
    const told = async (code: string, more: object): Promise<unknown> => {
      office(answer(409, { code, message: "no", ...more }));
      return follow(slip("queued"), () => {}).catch((error: PostError) => error.refusal);
    };
    expect(await told("refused_by_contract", { details })).toEqual({ name: details.error, args: details.args });
    expect(await told("refused_by_contract", {})).toBeNull();
    expect(await told("slip_used", { details })).toBeNull();
  });

  it("asks no more once it is aborted", async () => {
    const asked = office();
    const abort = new AbortController();
    abort.abort();
    await expect(follow(slip("queued"), () => {}, abort.signal)).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});

describe("submit", () => {
  it("gives the office's own code", async () => {
    office(answer(409, { code: "slip_used", message: "used" }));
    await expect(submit({ kind: "transfer", message: {}, signature: "0x" })).rejects.toThrow(
      expect.objectContaining({ code: "slip_used", status: 409 }),
    );
  });

  it("tells a dead office from one that refuses", async () => {
    for (const dead of [new Error("no line"), answer(503, {})]) {
      office(dead);
      const error = await submit({ kind: "transfer", message: {}, signature: "0x" }).catch((it: unknown) => it);
      expect(error).toBeInstanceOf(PostError);
      expect(error).toMatchObject({ code: "unreachable" });
    }
  });
});
