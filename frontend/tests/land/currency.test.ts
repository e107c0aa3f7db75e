import { type Address, decodeFunctionData, encodeFunctionResult, parseAbi } from "viem";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setTown } from "../../src/town/folder";
import { readTown } from "../../src/town/town";
import { HOURS, LAND_IN_HOURS, TWO_CURRENCIES } from "../town/published";

let turn: (() => void) | null = null;
vi.stubGlobal("location", { hash: "" });
vi.stubGlobal("addEventListener", (_: string, heard: () => void) => (turn = heard));

const domainAbi = parseAbi([
  "function eip712Domain() view returns (bytes1, string, string, uint256, address, bytes32, uint256[])",
]);

interface Asked {
  id: number;
  params: [{ to: Address; data: `0x${string}` }];
}

/** A node on which every contract tells a domain of its own, as ERC-5267 has it. */
function domainNode(_: string, { body }: { body: string }): Response {
  const asked = JSON.parse(body) as Asked | Asked[];
  const answer = ({ id, params: [{ to, data }] }: Asked) => {
    const { functionName } = decodeFunctionData({ abi: domainAbi, data });
    const result = encodeFunctionResult({
      abi: domainAbi,
      functionName,
      result: ["0x0f", `at ${to}`, "1", 31337n, to, `0x${"00".repeat(32)}`, []],
    });
    return { jsonrpc: "2.0", id, result };
  };
  return Response.json(Array.isArray(asked) ? asked.map(answer) : answer(asked));
}
vi.stubGlobal("fetch", async (url: string, init: { body: string }) => domainNode(url, init));

const { paymentTo } = await import("../../src/land/flows/receive");
const { currencyAt, landCurrency, theCurrency } = await import("../../src/town/currency");
const { ACTS, moneyOf } = await import("../../src/desks/acts");
const { formatAmount } = await import("../../src/words/format");

const PAYER: Address = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
const FIRST = currencyAddress(readTown(TWO_CURRENCIES).contracts["LocalCurrency"]);

function currencyAddress(address: Address | undefined): Address {
  if (!address) throw new Error("the town of the test has no money");
  return address;
}

function follows(hash: string): void {
  location.hash = hash;
  turn?.();
}

const payment = () => paymentTo("Conveyance", PAYER, 150n, 9n, `0x${"11".repeat(32)}`);

describe("a town whose land is paid in its second currency", () => {
  beforeEach(() => {
    setTown(readTown(LAND_IN_HOURS));
    follows("#/");
  });

  it("has payments to the escrow and of the tax signed for that currency", async () => {
    expect((await payment()).domain.verifyingContract).toBe(HOURS);
  });

  it.each(["#/land", "#/land/mine", "#/land/sale/1", "#/desk/draft", "#/desk/deed/0x12", "#/desk/attest/charge"])(
    "counts in it at %s",
    (hash) => {
      follows(hash);
      expect(theCurrency().contract).toBe("TimeCredit");
      expect(formatAmount(150n)).toMatch(/HVL$/);
    },
  );

  it.each(["#/money", "#/desk", "#/desk/act/issue", "#/vote"])("counts in the first at %s", (hash) => {
    follows(hash);
    expect(theCurrency().contract).toBe("LocalCurrency");
  });

  it("counts the amounts of land's acts in it, wherever they are done, and those of a currency in that", () => {
    follows("#/desk/act/value");
    expect(moneyOf(ACTS.value).symbol).toBe("HVL");
    expect(moneyOf(ACTS.issue).symbol).toBe("LYS");
  });
});

describe("a town that names no currency for its land", () => {
  it("has its land paid in the first", async () => {
    setTown(readTown({ ...LAND_IN_HOURS, paidIn: {} }));
    follows("#/land/mine");
    expect(landCurrency()).toBe(currencyAt(FIRST));
    expect((await payment()).domain.verifyingContract).toBe(FIRST);
  });
});
