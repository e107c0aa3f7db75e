import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inSlices } from "../src/slices";

let now_ms = 0;

beforeEach(() => void vi.spyOn(performance, "now").mockImplementation(() => now_ms));
afterEach(() => void vi.restoreAllMocks());

/** Work of so many steps, each of which takes a millisecond. */
function* work(steps: number, done: number[] = []): Generator<undefined, string> {
  for (let step = 1; step <= steps; step += 1) {
    now_ms += 1;
    done.push(step);
    yield;
  }
  return "whole";
}

it("long work lets others come first after a few milliseconds, and goes on", async () => {
  const done: number[] = [];
  const whole = inSlices(work(20, done));
  const seen = new Promise((resolve) => setTimeout(() => resolve(done.length)));
  expect(done).toHaveLength(8);
  expect(await seen).toBe(16);
  expect(await whole).toBe("whole");
  expect(done).toHaveLength(20);
});

it("short work is done at once", async () => {
  const waits = vi.spyOn(globalThis, "setTimeout");
  expect(await inSlices(work(3))).toBe("whole");
  expect(waits).not.toHaveBeenCalled();
});

it("what goes wrong in a later slice is told", async () => {
  function* wrong(): Generator<undefined, void> {
    yield* work(9);
    throw new RangeError("no parcel");
  }
  await expect(inSlices(wrong())).rejects.toThrow("no parcel");
});
