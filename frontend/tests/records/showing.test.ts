import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/papers.json?raw";
import { Frames, MOST_FRAMES, askText, framesOf, readAsk } from "../../src/records/paper/frames";
import { readShowing, showingLine, showingText } from "../../src/records/paper/files";
import { NOBODY } from "../../src/records/paper/paper";
import { type Showing, doubtsOf, show } from "../../src/records/paper/showing";
import { keccak, toHex, utf8 } from "../../src/vote/ballot/bytes";
import { ASK, NOW_S, ownMade, shownMade } from "./made";

const python = readShowing(JSON.stringify(JSON.parse(file).shown));
const kinds = async (shown: Showing, ask = ASK, now_s = NOW_S): Promise<string[]> =>
  (await doubtsOf(shown, ask, now_s)).map(({ kind }) => kind);

describe("a paper that is shown", () => {
  it("leaves no doubt where all that was asked is right, whoever made it", async () => {
    expect(await kinds(await shownMade(["commune", "depuis"]))).toEqual([]);
    expect(await kinds(await shownMade([]))).toEqual([]);
    expect(await kinds(python, { verifier: "the employer", nonce: python.nonce }, python.at)).toEqual([]);
  });

  it("tells nothing of the fields that are not shown", async () => {
    const text = showingText(await shownMade(["commune"]));
    for (const hidden of ["Zoé", ownMade().seed]) expect(text).not.toContain(hidden);
    expect(text).toContain("Île-aux-Moines");
  });

  it("is refused by its own tool where a field is unknown or named twice", () => {
    expect(() => show(ownMade(), ["age"], ASK, NOW_S)).toThrow("unknownField");
    expect(() => show(ownMade(), ["nom", "nom"], ASK, NOW_S)).toThrow("fieldTwice");
  });
});

describe("a forgery is named", () => {
  const changed = async (change: (shown: Showing) => Partial<Showing>): Promise<string[]> => {
    const shown = await shownMade(["commune", "parts"]);
    return kinds({ ...shown, ...change(shown) });
  };
  const claimOf = (shown: Showing, place: number) => shown.claims[place] as Showing["claims"][number];

  it("another value: what is signed is no more what is shown either", async () => {
    const faults = await changed((shown) => ({ claims: [{ ...claimOf(shown, 0), value: "Valombre" }] }));
    expect(faults).toEqual(["unsaid", "unsigned"]);
  });

  it("a value under another field's name", async () => {
    const faults = await changed((shown) => ({
      claims: [{ ...claimOf(shown, 0), name: "nom" }, claimOf(shown, 1)],
    }));
    expect(faults).toContain("unsaid");
  });

  it("an inner node of the tree of claims as a leaf", async () => {
    const faults = await changed((shown) => {
      const claim = claimOf(shown, 0);
      return { claims: [{ ...claim, proof: claim.proof.slice(1) }] };
    });
    expect(faults).toContain("unsaid");
  });

  it("a path twice", async () => {
    expect(await changed(({ claims }) => ({ claims: [...claims, ...claims] }))).toContain("shownTwice");
  });

  it("a path that the schema does not have", async () => {
    expect(await changed((shown) => ({ claims: [{ ...claimOf(shown, 0), name: "age" }] }))).toContain("unsaid");
  });

  it("another schema, or its words changed", async () => {
    const faults = await changed(({ definition }) => ({ definition: { ...definition, name: "diplôme" } }));
    expect(faults).toEqual(["otherSchema"]);
  });

  it("another batch, another number, another end", async () => {
    for (const change of [{ number: 302 }, { until: 0 }, { root: toHex(keccak(utf8("other"))) }]) {
      expect(await changed(({ paper }) => ({ paper: { ...paper, ...change } }))).toContain("notInBatch");
    }
  });

  it("for another verifier, for another nonce, of yesterday: somebody passes it on", async () => {
    const shown = await shownMade(["commune"]);
    expect(await kinds(shown, { ...ASK, verifier: "la mairie" })).toEqual(["otherVerifier"]);
    expect(await kinds(shown, { ...ASK, nonce: toHex(keccak(utf8("another"))) })).toEqual(["otherVerifier"]);
    expect(await kinds(shown, ASK, NOW_S + 601)).toEqual(["stale"]);
    expect(await changed(() => ({ nonce: toHex(keccak(utf8("hers"))) }))).toEqual(["otherVerifier", "unsigned"]);
  });

  it("signed by another, or by nobody", async () => {
    const other = await shownMade(["nom"]);
    expect(await changed(() => ({ signature: other.signature }))).toEqual(["unsigned"]);
    expect(await changed(() => ({ signature: "0x" }))).toEqual(["unsigned"]);
    expect(await changed(({ paper }) => ({ paper: { ...paper, subject: NOBODY } }))).toContain("aboutNobody");
  });

  it("a paper that has ended, or does not hold yet", async () => {
    const { until, from } = ownMade().paper;
    expect(await kinds(await shownMade(["nom"], ASK, until), ASK, until)).toEqual(["ended"]);
    expect(await kinds(await shownMade(["nom"], ASK, from - 1), ASK, from - 1)).toEqual(["notYet"]);
  });
});

describe("codes", () => {
  it("carry a showing in parts, read in any order and more than once", async () => {
    const line = showingLine(await shownMade(["commune", "depuis"]));
    const frames = await framesOf(line);
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.length).toBeLessThan(MOST_FRAMES);
    const read = new Frames();
    const shuffled = [...frames.toReversed(), ...frames];
    expect(await read.text()).toBeNull();
    for (const frame of shuffled.slice(0, frames.length - 1)) expect(read.take(frame)).toBe(true);
    expect(await read.text()).toBeNull();
    expect(read.progress).toEqual([frames.length - 1, frames.length]);
    read.take(frames[0] ?? "");
    expect(await read.text()).toBe(line);
  });

  it("do not put parts of two things together, and refuse what is no part", async () => {
    const [one = "", other = ""] = (await framesOf(showingLine(await shownMade(["nom"])))).slice(0, 2);
    const [strange = ""] = await framesOf(showingLine(await shownMade(["parts"])));
    const read = new Frames();
    for (const code of ["", "ethereum:0x12", one.replace("1/", "9/"), one.replace(":1/", ":0/")]) {
      expect(read.take(code)).toBe(false);
    }
    read.take(other);
    read.take(strange);
    expect(read.progress[0]).toBe(1);
    const forged = new Frames();
    for (const frame of await framesOf("a")) forged.take(frame.replace(/:[^:]+$/, ":AAAA"));
    expect(await forged.text()).toBeNull();
  });

  it("carry what a verifier asks", () => {
    expect(readAsk(askText(ASK.verifier, ASK.nonce))).toEqual(ASK);
    for (const code of ["beffroi-ask:as=x", `beffroi-ask:nonce=${ASK.nonce}`, ASK.nonce]) {
      expect(readAsk(code)).toBeNull();
    }
  });
});
