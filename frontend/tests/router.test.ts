import { beforeAll, describe, expect, it, vi } from "vitest";

let match: typeof import("../src/router").match;
let link: typeof import("../src/router").link;

beforeAll(async () => {
  vi.stubGlobal("location", { hash: "" });
  vi.stubGlobal("addEventListener", () => {});
  ({ match, link } = await import("../src/router"));
});

describe("router", () => {
  it("reads a view's parameters from its path", () => {
    expect(match("/vote/:id/audit", "/vote/3/audit")).toEqual({ id: "3" });
    expect(match("/vote/:id", "/vote/caf%C3%A9")).toEqual({ id: "café" });
    expect(match("/vote/:id", "/vote")).toBeNull();
    expect(match("/vote", "/money")).toBeNull();
  });

  it("lives through a link that was cut", () => {
    expect(match("/vote/:id", "/vote/%E0%A4")).toEqual({ id: "%E0%A4" });
  });

  it("writes a query that it reads again", () => {
    expect(link("/pay", { to: "0x1", memo: "a&b=é" })).toBe("#/pay?to=0x1&memo=a%26b%3D%C3%A9");
  });
});
