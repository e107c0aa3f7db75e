import { encodeFunctionData, keccak256, zeroHash } from "viem";
import { describe, expect, it } from "vitest";
import { type ReadAct, decodeAct, encodeAct, encodeCall, titlesOf } from "../../src/desks/concurring";
import { readEnactment } from "../../src/desks/enacting";
import type { Row } from "../../src/desks/rows";
import { chargesAbi } from "../../src/generated/Charges";
import { BARE, FULL, USUFRUCT } from "../../src/land/rights";
import { documentHash } from "../../src/desks/fields";

const ADA = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const typed = {
  parcel: "59999000AB0002",
  creditor: ADA,
  amount: "30 000",
  due: "2030-01-01",
  document: "acte 12",
};

it("what the notary attests is the very call that the registrar makes", () => {
  const data = encodeAct("inscribe", typed)!;
  const read = decodeAct(`https://mairie.example/#/desk/concur?act=${data}`)!;
  expect(read).toMatchObject({ data, hash: keccak256(data), name: "inscribe", contract: "Charges" });
  expect(read.args.slice(2, 4)).toEqual([3_000_000, 21_915]);
});

it("an incomplete form, or another text, is no act", () => {
  expect(encodeAct("inscribe", { ...typed, amount: "" })).toBeNull();
  expect(decodeAct("bonjour")).toBeNull();
  expect(decodeAct("0x12345678")).toBeNull();
});

it("what one office does alone is no act of two", () => {
  const attest = encodeFunctionData({ abi: chargesAbi, functionName: "attest", args: [zeroHash, 1n] });
  expect(decodeAct(attest)).toBeNull();
});

describe("rights that an act restates", () => {
  const title = { token: 5n, version: 3 };
  const holder = (account: string, part: string, kind = FULL): Row => ({
    account,
    part,
    kind: String(kind),
    brings: "",
  });
  const given = { parcel: "", nature: "1", holders: [holder(ADA, "1")], document: "acte 1" };
  const read = (changed: Partial<typeof given>) => readEnactment({ ...given, ...changed }, title);

  it("are read back from the call as they were told", () => {
    const apart = [holder(BOB, "", USUFRUCT), holder(ADA, "", BARE)];
    const act = decodeAct(encodeCall("enact", read({ holders: apart }).args!)) as ReadAct & { name: "enact" };
    expect(act).toMatchObject({ name: "enact", contract: "LandRegister" });
    expect(act.args).toEqual([
      1,
      5n,
      3,
      1,
      [
        { holder: ADA, kind: BARE, shares: 1 },
        { holder: BOB, kind: USUFRUCT, shares: 1 },
      ],
      documentHash("acte 1"),
    ]);
    expect(titlesOf(act)).toEqual([5n]);
  });
  it("are counted in the least whole, what is left empty being the rest", () => {
    const args = read({ holders: [holder(ADA, "2/6"), holder(BOB, "")] }).args!;
    expect(args.slice(3, 5)).toEqual([
      3,
      [
        { holder: BOB, kind: FULL, shares: 2 },
        { holder: ADA, kind: FULL, shares: 1 },
      ],
    ]);
  });
  it("make a whole, or are told to make none", () => {
    expect(read({ holders: [holder(ADA, "1/2"), holder(BOB, "1/3")] }).faults).toMatchObject({ isUnwhole: true });
    expect(read({ holders: [holder(ADA, "1/2", BARE), holder(BOB, "1/2")] }).faults?.isUnwhole).toBe(true);
    expect(read({ holders: [holder(ADA, "1/16777213"), holder(BOB, "1/16777199")] }).args).toBeNull();
  });
  it("want the kind of act, its document and every holder", () => {
    expect(read({ nature: "", document: " ", holders: [holder("", "x")] }).faults).toEqual({
      nature: "empty",
      document: "empty",
      holders: { "0/account": "empty", "0/part": "part" },
      isUnwhole: false,
    });
  });
});
