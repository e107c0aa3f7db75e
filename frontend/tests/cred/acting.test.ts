import { describe, expect, it, vi } from "vitest";
import { actsFor } from "../../src/cred/acting";

const FIRST = "0x00000000000000000000000000000000000000A1";
const CURRENT = "0x00000000000000000000000000000000000000b2";
const { read } = vi.hoisted(() => ({ read: vi.fn() }));

vi.mock("viem/actions", () => ({ readContract: (_: unknown, asked: unknown) => read(asked) }));
vi.mock("../../src/chain/client", () => ({ at: (name: string) => ({ name }), chain: () => null }));
vi.mock("../../src/wallet/session", () => ({ session: { value: null } }));

describe("who acts for an official", () => {
  it("is the key that the register knows today, and no more the one the mandate was opened with", async () => {
    read.mockResolvedValue(CURRENT);
    expect(await actsFor(CURRENT, FIRST)).toBe(true);
    expect(await actsFor(FIRST, FIRST)).toBe(false);
    expect(read).toHaveBeenCalledWith(
      expect.objectContaining({ name: "Residents", functionName: "currentKeyOf", args: [FIRST] }),
    );
  });

  it("is the first one where no other took its place", async () => {
    read.mockResolvedValue(FIRST);
    expect(await actsFor(FIRST, FIRST)).toBe(true);
  });
});
