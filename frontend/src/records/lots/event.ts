/** What happened to lots, as papers of the schema `lot event` say it: docs/provenance.md. */
import type { Hex } from "../../vote/ballot/bytes";
import { type Definition, isSameSchema } from "../paper/definition";
import { PaperError } from "../paper/faults";
import type { OpenBatch, OpenPaper } from "../paper/openbatch";
import type { PaperRef } from "../paper/paper";
import { isPlain } from "../paper/types";
import { type Fraction, fraction, isMore, ofDecimal } from "./fraction";
import { isName } from "./naming";
import { inFirst, kindOf } from "./units";

/** In the order in which what happens at one time is taken. */
export const KINDS = ["commission", "transform", "pack", "unpack", "ship", "receive", "consume", "observe"] as const;
export type EventKind = (typeof KINDS)[number];

const field = (name: string, type: "text" | "hash" | "integer", required = true) => ({ name, type, required });

export const LOT_EVENT: Definition = {
  format: "beffroi-schema-1",
  name: "lot event",
  fields: [
    field("event", "hash"),
    field("kind", "text"),
    field("at_ms", "integer"),
    field("holder", "text"),
    field("partner", "text", false),
    field("container", "text", false),
    field("inputs", "text", false),
    field("outputs", "text", false),
    field("yields", "text", false),
    field("names", "text", false),
  ],
};

/** So much of a lot. */
export interface Line {
  name: string;
  quantity: Fraction;
  unit: string;
}

/** At most so many of a unit for one of another. */
interface Yield {
  unit: string;
  of: string;
  factor: Fraction;
}

/** What the chain says of a paper now; unsealed where its batch is not there, a stranger's by its schema. */
export type Standing = "stands" | "revoked" | "disowned" | "unsealed" | "stranger";

export interface LotEvent {
  ref: PaperRef;
  parents: readonly PaperRef[];
  /** The event's standard hash, which nobody computes here. */
  hash: Hex;
  kind: EventKind;
  /** Unix milliseconds. */
  at_ms: number;
  holder: string;
  partner: string | null;
  container: string | null;
  inputs: readonly Line[];
  outputs: readonly Line[];
  yields: readonly Yield[];
  /** What people call holders, products and lots, by what names them here. */
  names: ReadonlyMap<string, string>;
  /** All that its paper says. */
  values: ReadonlyMap<string, string>;
  standing: Standing;
  /** Unix seconds of the block in which its paper was issued; null where that is not known. */
  issued_s: number | null;
}

/** Whether nobody whom the town let in says it on the chain: it is said, and asked of for nothing else. */
export const isAside = ({ standing }: LotEvent): boolean => standing === "unsealed" || standing === "stranger";

/** What an event makes, else what it takes. */
export const touched = ({ inputs, outputs }: LotEvent): string[] =>
  (outputs.length ? outputs : inputs).map(({ name }) => name);

/** Lots and containers of an event. */
export const namedIn = ({ container, inputs, outputs }: LotEvent): string[] => [
  ...(container === null ? [] : [container]),
  ...[...inputs, ...outputs].map(({ name }) => name),
];

const LATEST_MS = 2 ** 40 * 1000;
const MOST_LINES = 4096;
const UNIT = /^[A-Z0-9]{2,3}$/;

/**
 * The events of a batch, each with what the chain says of its paper.
 *
 * @throws PaperError where the batch is of another schema, or a paper of it tells no event in the one form
 */
export function lotEvents(
  batch: OpenBatch,
  standingOf: (ref: PaperRef) => Standing,
  issued_s: number | null,
): LotEvent[] {
  if (!isSameSchema(batch.definition, LOT_EVENT)) throw new PaperError({ kind: "notOfLots" });
  return batch.papers.map((paper) => eventOf(paper, { standing: standingOf(paper.ref), issued_s }));
}

function eventOf({ ref, parents, values }: OpenPaper, state: Pick<LotEvent, "standing" | "issued_s">): LotEvent {
  const refuse = (wrong: string): never => {
    throw new PaperError({ kind: "noLotEvent", number: ref.number, field: wrong });
  };
  const rows = <T>(name: string, read: (parts: readonly string[]) => T | null): T[] =>
    (values.get(name)?.split("\n") ?? []).map((line) => read(line.split("\t")) ?? refuse(name));
  const said = (name: string): string => values.get(name) ?? "";
  const names = rows("names", nameOf);
  const event: LotEvent = {
    ref,
    parents,
    hash: said("event") as Hex,
    kind: said("kind") as EventKind,
    at_ms: Number(said("at_ms")),
    holder: said("holder"),
    partner: values.get("partner") ?? null,
    container: values.get("container") ?? null,
    inputs: rows("inputs", lineOf),
    outputs: rows("outputs", lineOf),
    yields: rows("yields", yieldOf),
    names: new Map(names),
    values,
    ...state,
  };
  const wrong = isOnce(names.map(([uri]) => uri)) ? wrongIn(event) : "names";
  return wrong === null ? event : refuse(wrong);
}

function lineOf([name = "", quantity = "", unit = "", ...more]: readonly string[]): Line | null {
  const read = ofDecimal(quantity);
  return read && isName(name) && UNIT.test(unit) && !more.length ? { name, quantity: read, unit } : null;
}

function yieldOf([unit = "", of = "", factor = "", ...more]: readonly string[]): Yield | null {
  const read = ofDecimal(factor);
  return read && UNIT.test(unit) && UNIT.test(of) && !more.length ? { unit, of, factor: read } : null;
}

function nameOf([uri = "", name = "", ...more]: readonly string[]): [string, string] | null {
  return isName(uri) && name.trim() && isPlain(name) && !more.length ? [uri, name] : null;
}

const isOnce = (names: readonly string[]): boolean =>
  names.length <= MOST_LINES && new Set(names).size === names.length;
const isNamedOnce = (lines: readonly Line[]): boolean => isOnce(lines.map(({ name }) => name));

/** The field that is not as its kind of event has it. */
function wrongIn(event: LotEvent): string | null {
  const { kind, at_ms, holder, partner, container, inputs, outputs, yields } = event;
  const isMade = kind === "commission" || kind === "transform";
  const isPacked = kind === "pack" || kind === "unpack";
  const isMoved = kind === "ship" || kind === "receive";
  const takes = inputs.length > 0;
  if (!KINDS.includes(kind)) return "kind";
  if (!(at_ms >= 0 && at_ms < LATEST_MS)) return "at_ms";
  if (!isName(holder)) return "holder";
  if (partner !== null && !(isName(partner) && isMoved)) return "partner";
  if ((container !== null) !== isPacked || !(container === null || isName(container))) return "container";
  if (!isNamedOnce(inputs) || (takes ? kind === "commission" : kind !== "commission" && kind !== "unpack"))
    return "inputs";
  if (!isNamedOnce(outputs) || outputs.length > 0 !== isMade) return "outputs";
  const pairs = yields.map(({ unit, of }) => `${kindOf(unit)} ${kindOf(of)}`);
  return !isOnce(pairs) || (yields.length > 0 && kind !== "transform") || yields.some(isMultiplied) ? "yields" : null;
}

/** Whether more of one kind of quantity is to come out than goes in. */
const isMultiplied = ({ unit, of, factor }: Yield): boolean =>
  kindOf(unit) === kindOf(of) && isMore(inFirst(factor, unit), inFirst(fraction(1n), of));
