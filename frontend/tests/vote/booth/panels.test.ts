import { afterEach, describe, expect, it, vi } from "vitest";
import { believedPanels } from "../../../src/vote/booth/panels";

const told = { needed: 2, trustees: ["11", "22", "33"].map((it) => `0x${it.repeat(20)}`) };
const place = vi.hoisted(() => ({ chainId: 31337, isInside: false }));

vi.mock("../../../src/town/folder", () => ({
  isFolderInside: () => place.isInside,
  theTown: () => ({ chainId: place.chainId }),
  townJson: async () => told,
}));

const panelsAt = async (url: string, chainId: number, isInside = false): Promise<number> => {
  vi.stubGlobal("location", new URL(url));
  Object.assign(place, { chainId, isInside });
  return (await believedPanels()).length;
};

describe("the trustees of a server's folder", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each(["http://localhost:8000", "http://127.0.0.1:5173", "http://[::1]:8000", "file:///home/me/beffroi.html"])(
    "are believed at %s, on a chain of that machine alone",
    async (url) => {
      expect(await panelsAt(url, 31337)).toBe(1);
      expect(await panelsAt(url, 11155111)).toBe(0);
    },
  );

  it.each([
    "https://town.example",
    "http://localhost.town.example",
    "http://127.0.0.1.town.example",
    "http://10.0.0.7",
  ])("are not believed at %s, whatever chain that server says", async (url) => {
    expect(await panelsAt(url, 31337)).toBe(0);
    expect(await panelsAt(url, 31337, true)).toBe(1);
  });
});
