import { describe, expect, it } from "vitest";
import { fromHex, itemAt, keccak, toHex, toInteger } from "../../../src/vote/ballot/bytes";
import { CeremonyError, conclude } from "../../../src/vote/ballot/ceremony";
import { CeremonyReplay, holderOf } from "../../../src/vote/ballot/replay";
import { secretShare } from "../../../src/vote/ballot/keys";
import { countsOf, DlogError, packed } from "../../../src/vote/ballot/dlog";
import { add, base, INFINITY, mul, neg } from "../../../src/vote/ballot/group";
import {
  type KeyFileError,
  makeKeyFile,
  newSecret,
  openedBy,
  openKeyFile,
  remembering,
  signedBy,
} from "../../../src/vote/ballot/keyfile";
import { levels, singleChoice } from "../../../src/vote/ballot/questions";
import { mustSign, phraseOf, spokenCount } from "../../../src/vote/ballot/pins";
import { M } from "../../../src/vote/ballot/rules";
import { type Closing, lagrange, openTotals, shareOf, TallyError, verifyShare } from "../../../src/vote/ballot/tally";
import { ceremonyEvents, paramsOf } from "./consultation";
import text from "./keyfile.json?raw";
import zeroText from "./keyfile-zero.json?raw";
import { vectors } from "./vectors";

const { trustees } = vectors;
const params = paramsOf(singleChoice(3));
const replay = new CeremonyReplay();
for (const event of ceremonyEvents()) if ("id" in event) replay.take(event, params);
const secretOf = (j: number) => keccak(new TextEncoder().encode("vectors: trustee"), new Uint8Array([j]));
const closing: Closing = {
  params,
  ballots: trustees.total.ballots,
  totals: [{ c1: fromHex(trustees.total.R), c: fromHex(trustees.total.S) }],
};
const shares = trustees.secretShares.map((x, i) => shareOf(closing, i + 1, BigInt(x), (ctx) => toInteger(keccak(ctx))));

describe("the ceremony of the vectors", () => {
  it("is sound, and another key is not its own", () => {
    expect(replay.sound).toBe(true);
    const other = new CeremonyReplay();
    for (const event of ceremonyEvents()) {
      if (event.name === "key-proposed") other.take({ ...event, key: base(5n) }, params);
      else if ("id" in event) other.take(event, params);
    }
    expect([other.sound, other.agrees]).toEqual([false, false]);
  });

  it("gives no key where the deals cancel out", () => {
    const [deal] = replay.deals.values();
    if (!deal) throw new Error("no deal");
    const opposite = { ...deal, commitments: deal.commitments.map(neg) };
    const both = new Map([
      [1, deal],
      [2, opposite],
    ]);
    expect(() => conclude(both, [1])).toThrow(CeremonyError);
  });

  it("gives each trustee her place and her share by her secret alone", () => {
    for (const j of [1, 2, 3]) {
      const keys = holderOf(replay, secretOf(j));
      expect(keys?.index).toBe(j);
      const share = keys && replay.ceremony && secretShare(replay.ceremony, keys, replay.qualified);
      expect(share).toBe(BigInt(itemAt(trustees.secretShares, j - 1)));
    }
    expect(holderOf(replay, secretOf(9))).toBe(null);
  });
});

describe("shares of a total", () => {
  it("are the points of the vectors, and prove themselves", () => {
    expect(shares.map(({ parts }) => toHex(itemAt(parts, 0).point))).toEqual(trustees.shares);
    shares.forEach((share, i) => {
      expect(verifyShare(closing, fromHex(itemAt(trustees.shareKeys, i)), share)).toBe(true);
      expect(verifyShare(closing, fromHex(itemAt(trustees.shareKeys, (i + 1) % 3)), share)).toBe(false);
      const moved = { ...closing, totals: closing.totals.map(({ c1 }) => ({ c1, c: base(1n) })) };
      expect(verifyShare(moved, fromHex(itemAt(trustees.shareKeys, i)), share)).toBe(false);
      expect(verifyShare({ ...closing, ballots: 4 }, fromHex(itemAt(trustees.shareKeys, i)), share)).toBe(false);
    });
  });

  it("open the total, any two of them", () => {
    for (const pair of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      const chosen = pair.map((i) => itemAt(shares, i));
      expect(countsOf(openTotals(closing, chosen, 2), params.rule, 3)).toEqual(trustees.total.counts);
    }
  });

  it("open nothing when one is missing, or out of order", () => {
    expect(() => openTotals(closing, shares.slice(0, 1), 2)).toThrow(TallyError);
    expect(() => openTotals(closing, [itemAt(shares, 1), itemAt(shares, 0)], 2)).toThrow(TallyError);
    expect(() => lagrange([0, 1])).toThrow(TallyError);
  });
});

describe("counts", () => {
  const of = (low: bigint, high: bigint) => add(base(low), mul(high, base(M)));

  it.each([
    [0, 0],
    [1, 0],
    [0, 700],
    [700, 0],
    [349, 351],
    [350, 350],
    [1, 699],
  ])("are found again: %d and %d", (low, high) => {
    expect(countsOf([of(BigInt(low), BigInt(high))], singleChoice(3).rule, 700)).toEqual([low, high]);
  });

  it("of an evaluation, where what is missing goes up to four an opinion", () => {
    const opened = [of(200n, 713n), INFINITY, of(1n, 4n)];
    expect(countsOf(opened, levels(3).rule, 200)).toEqual([200, 713, 0, 0, 1, 4]);
    expect(packed([200, 713, 0, 0])).toEqual([200n + 713n * M, 0n]);
  });

  it("are refused beyond what the ballots can give", () => {
    expect(() => countsOf([of(701n, 0n)], singleChoice(3).rule, 700)).toThrow(DlogError);
    expect(() => countsOf([of(700n, 0n)], singleChoice(3).rule, 699)).toThrow(DlogError);
    expect(() => countsOf([of(0n, 701n)], singleChoice(3).rule, 700)).toThrow(DlogError);
  });
});

const filled = (byte: number, length: number) => new Uint8Array(length).fill(byte);
const pins = {
  chainId: 31337,
  genesis: filled(7, 32),
  ceremonies: filled(1, 20),
  consultations: filled(2, 20),
  ceremony: 1,
  threshold: 2,
  trustees: [filled(3, 20), filled(4, 20)],
  smart: [],
};

describe("a key file that Python wrote", () => {
  const problem = async (given: string, password: string) =>
    openKeyFile(given, password).catch((error: unknown) => (error as KeyFileError).problem);

  it("opens with its passphrase", async () => {
    expect(await openKeyFile(text, "une phrase é longue")).toEqual({ secret: secretOf(2), pins });
  });

  it("opens where Python wrote a counter that begins with a zero, and left the zero out", async () => {
    expect(zeroText).toMatch(/"iv": "[0-9a-f]{30}"/);
    expect((await openKeyFile(zeroText, "une phrase é longue")).secret).toEqual(secretOf(2));
  });

  it("is what the browser writes too: a new secret each time, under its passphrase", async () => {
    const [secret, other] = [newSecret(), newSecret()];
    expect(toHex(secret)).not.toBe(toHex(other));
    const file = await makeKeyFile({ secret, pins }, "une phrase é longue", "cérémonie 6", undefined, 1024);
    expect(file).not.toContain(toHex(secret).slice(2));
    expect(Object.keys(JSON.parse(file) as object)).not.toContain("address");
    expect(await openKeyFile(file, "une phrase é longue")).toEqual({ secret, pins });
    expect(await problem(file, "une phrase")).toBe("wrong-password");
  });

  it("tells what it opened of a consultation, as Python writes it there", () => {
    const used = JSON.stringify({ ...(JSON.parse(text) as object), opened: { 4: "40 0xaa" } });
    expect([openedBy(used, 4), openedBy(used, 5), openedBy(text, 4)]).toEqual(["40 0xaa", "", ""]);
    expect(() => openedBy(used.replace('{"4":"40 0xaa"}', "7"), 4)).toThrow("damaged");
  });

  it("tells what was signed with it in a step, as Python writes it there", () => {
    const used = JSON.stringify({ ...(JSON.parse(text) as object), signed: { "commit 7": "0xaa" } });
    expect([signedBy(used, "commit 7"), signedBy(used, "commit 3"), signedBy(text, "commit 7")]).toEqual([
      "0xaa",
      "",
      "",
    ]);
    expect(() => signedBy(used.replace('{"commit 7":"0xaa"}', "7"), "commit 7")).toThrow("damaged");
  });

  it("says of one consultation more what it opens, and stays the same key", async () => {
    const used = remembering(remembering(text, 4, "40 0xaa"), 5, "6 0xbb");
    expect([openedBy(used, 4), openedBy(used, 5), openedBy(used, 6)]).toEqual(["40 0xaa", "6 0xbb", ""]);
    expect(await openKeyFile(used, "une phrase é longue")).toEqual({ secret: secretOf(2), pins });
    const { opened: _, ...rest } = JSON.parse(used) as { opened: object };
    expect(rest).toEqual(JSON.parse(text));
  });

  it("stays shut with another, and other files are told apart", async () => {
    expect(await problem(text, "une phrase")).toBe("wrong-password");
    expect(await problem("{}", "x")).toBe("not-a-key-file");
    expect(await problem("no", "x")).toBe("not-a-key-file");
    expect(await problem(text.replace('"scrypt"', '"pbkdf2"'), "x")).toBe("damaged");
    expect(await problem(text.replace('"n": 1024', '"n": 1073741824'), "x")).toBe("damaged");
  });

  it("says what it is for by the number that Python says", () => {
    expect(phraseOf(pins)).toBe("5968 8566 6810 8979 7179 4766 0890 1097 3454 2068");
    expect(phraseOf({ ...pins, consultations: filled(9, 20) })).not.toBe(phraseOf(pins));
    expect(phraseOf({ ...pins, smart: [filled(4, 20)] })).toBe("2065 0871 7862 1069 3047 1991 1320 7960 0576 0951");
  });

  it("takes nobody's word unsigned but theirs whose accounts were contracts when it was made", () => {
    expect(mustSign(pins, [1, 2])).toEqual([1, 2]);
    expect(mustSign({ ...pins, smart: [filled(4, 20)] }, [1, 2])).toEqual([1]);
    expect(mustSign({ ...pins, smart: [filled(4, 20)] }, [2])).toEqual([]);
  });

  it("is compared after the count by the number that Python says", () => {
    expect(spokenCount(filled(5, 32), 7, filled(8, 32), 6, filled(9, 32))).toBe(
      "3160 6172 9475 0505 5325 7541 9862 5248 1016 6751",
    );
  });

  it("names one place under its seal, and none other can be put in", async () => {
    const file = JSON.parse(text) as { pins: object };
    const moved = JSON.stringify({ ...file, pins: { ...file.pins, consultations: `0x${"09".repeat(20)}` } });
    expect(await problem(moved, "une phrase é longue")).toBe("altered");
    expect(await problem(JSON.stringify({ ...file, pins: undefined }), "x")).toBe("damaged");
    expect(await problem(JSON.stringify({ ...file, pins: {} }), "x")).toBe("damaged");
  });
});
