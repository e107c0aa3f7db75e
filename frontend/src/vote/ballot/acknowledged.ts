/** The voter's proof of a key: t signatures over it by trustees who were published beforehand (acknowledged.py). */
import { type Bytes, fromHex, type Hex, same, toHex } from "./bytes";
import type { Ceremony } from "./ceremony";
import { type Point, signer } from "./group";
import type { Params } from "./params";
import { spoken } from "./pins";
import { acknowledgementDigest } from "./slips";
import { digest, tag } from "./transcript";

const TAG_PANEL = tag("beffroi.vote.panel");

/** Trustees as their town published them, in the build or on paper: never as a node tells. */
export interface Panel {
  readonly needed: number;
  readonly trustees: readonly Hex[];
}

/** A trustee's word for a key, as a node tells it. */
export interface SignedKey {
  readonly shareKey: Point;
  readonly signature: Bytes;
}

/** What a voter compares with what two offices published. */
export function panelPhrase({ needed, trustees }: Panel): string {
  return spoken(digest(TAG_PANEL, needed, trustees.length, ...trustees.map((it) => fromHex(it))));
}

/** Which trustees of a panel have signed the key of a consultation. */
export function signersOf({ needed, trustees }: Panel, params: Params, said: ReadonlyMap<number, SignedKey>): number[] {
  const ceremony: Ceremony = {
    chainId: params.chainId,
    address: params.ceremonies,
    id: params.ceremony,
    threshold: needed,
    trustees: trustees.map((it) => fromHex(it)),
    consumer: params.consultations,
  };
  return [...said.entries()].flatMap(([index, { shareKey, signature }]) => {
    const account = ceremony.trustees[index - 1];
    const by = account && signer(acknowledgementDigest(ceremony, index, params.h, shareKey), signature);
    return account && by && same(by, account) ? [index] : [];
  });
}

/** The panel of which enough have signed the key; null: make no ballot. */
export function believed(panels: readonly Panel[], params: Params, said: ReadonlyMap<number, SignedKey>): Panel | null {
  return panels.find((panel) => signersOf(panel, params, said).length >= panel.needed) ?? null;
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** The panels of a published list, one or several.
 * @throws TypeError when it is something else. */
export function readPanels(value: unknown): Panel[] {
  const found = (Array.isArray(value) ? value : [value]) as Partial<Panel>[];
  return found.map((it) => {
    const { needed, trustees } = it ?? {};
    const accounts = Array.isArray(trustees) ? trustees.map(String) : [];
    const isSound =
      typeof needed === "number" &&
      Number.isInteger(needed) &&
      needed >= 2 &&
      needed <= accounts.length &&
      accounts.length <= 16 &&
      accounts.every((account) => ADDRESS.test(account));
    const inOrder = accounts.map((account) => account.toLowerCase());
    if (!isSound || inOrder.some((account, i) => i > 0 && account <= (inOrder[i - 1] ?? "")))
      throw new TypeError("no list of trustees");
    return { needed, trustees: inOrder.map((account) => toHex(fromHex(account as Hex))) };
  });
}
