/** Which labels a lot bears: a certificate for each lot that it began with, and nothing between that does not stand. */
import type { Hex } from "../../vote/ballot/bytes";
import { PaperError } from "../paper/faults";
import type { OpenBatch } from "../paper/openbatch";
import type { PaperRef } from "../paper/paper";
import type { LotEvent, Standing } from "./event";
import { type Finding, UNSOUND } from "./finding";
import { isName, productOf } from "./naming";
import { pushTo } from "./order";
import type { Story } from "./story";

/** The fields of a label's schema, whose name is the label's. */
const FIELDS = [
  { name: "maker", type: "address", required: true },
  { name: "product", type: "text", required: true },
  { name: "party", type: "text", required: false },
] as const;

/** A certifier's paper about a product of a maker. */
export interface Certificate {
  ref: PaperRef;
  /** The issuer of the series in which its lots are told. */
  maker: Hex;
  product: string;
  /** Unix seconds from which it holds. */
  from: number;
  /** Unix seconds at which it ends; 0 when it does not. */
  until: number;
  standing: Standing;
  /** Unix seconds until which the certifier was accredited. */
  accredited_s: number;
  /** Unix seconds of the block in which it was issued; null where that is not known. */
  issued_s: number | null;
}

/** What the chain says of a certificate, now. */
export type CertificateState = Pick<Certificate, "standing" | "accredited_s" | "issued_s">;

/** @throws PaperError where the batch is of no label */
export function certificatesOf(batch: OpenBatch, stateOf: (ref: PaperRef) => CertificateState): Certificate[] {
  if (JSON.stringify(batch.definition.fields.map(inOrder)) !== JSON.stringify(FIELDS.map(inOrder)))
    throw new PaperError({ kind: "noLabel" });
  return batch.papers.map(({ ref, values, from, until }) => {
    const product = values.get("product") ?? "";
    if (!isName(product)) throw new PaperError({ kind: "noLabel" });
    return { ref, maker: values.get("maker") as Hex, product, from, until, ...stateOf(ref) };
  });
}

const inOrder = ({ name, type, required }: { name: string; type: string; required: boolean }) => [name, type, required];

export type CertificateProblem =
  { kind: Exclude<Standing, "stands"> } | { kind: "ended" | "notBegun" | "unaccredited" | "issuedLater"; at_s: number };

/** Why a label does not hold of a lot. */
export type LabelDoubt =
  | { kind: "finding"; finding: Finding }
  | { kind: "event"; lot: string; event: LotEvent }
  | { kind: "unmade"; lot: string }
  | {
      kind: "uncertified";
      lot: string;
      event: LotEvent;
      /** Of the certificates that there are of its product; none where there is none. */
      why: readonly { certificate: Certificate; problem: CertificateProblem }[];
    };

/** Why a certificate says nothing of a lot that was made and told so; null where it does. */
function problemOf(certificate: Certificate, { at_ms, issued_s: told_s }: LotEvent): CertificateProblem | null {
  const { standing, from, until, accredited_s, issued_s } = certificate;
  const made_s = Math.floor(at_ms / 1000);
  if (standing !== "stands") return { kind: standing };
  if (until && made_s >= until) return { kind: "ended", at_s: until };
  if (made_s < from) return { kind: "notBegun", at_s: from };
  if (made_s >= accredited_s) return { kind: "unaccredited", at_s: accredited_s };
  if (told_s === null) return null;
  if (issued_s !== null && issued_s > told_s) return { kind: "issuedLater", at_s: issued_s };
  return until && told_s >= until ? { kind: "ended", at_s: until } : null;
}

/** Why a lot does not bear a label, by all its certificates; none where it does. */
export function labelDoubts(story: Story, lot: string, certificates: readonly Certificate[]): LabelDoubt[] {
  const known = new Map<string, Certificate[]>();
  for (const it of certificates) pushTo(known, certifiedKey(it.maker, it.product), it);
  const unsound = new Map<LotEvent | string, Finding[]>();
  for (const finding of story.findings) {
    const keys = finding.event ? [finding.event] : finding.about;
    if (UNSOUND.has(finding.doubt)) for (const key of keys) pushTo(unsound, key, finding);
  }
  const findings = new Set<Finding>();
  const others: LabelDoubt[] = [];
  for (const { lot: name, events } of behind(story, lot)) {
    for (const key of [name, ...events]) for (const finding of unsound.get(key) ?? []) findings.add(finding);
    if (events.length === 0) others.push(unmade(story, name));
    for (const event of events) others.push(...doubtsOf(event, name, known));
  }
  return [...[...findings].map((finding) => ({ kind: "finding", finding }) as const), ...others];
}

const certifiedKey = (maker: string, product: string): string => `${maker.toLowerCase()} ${product}`;

/** Why a lot is of nobody who is heard. */
function unmade(story: Story, lot: string): LabelDoubt {
  const event = story.saidBy.get(lot)?.find(({ standing }) => standing !== "stands");
  return event ? { kind: "event", lot, event } : { kind: "unmade", lot };
}

/** A lot and all that it was made of, at any depth, each once, with the heard events that made it. */
export function* behind(story: Story, lot: string): Generator<{ lot: string; events: readonly LotEvent[] }> {
  const reached = new Set([lot]);
  for (const name of reached) {
    const events = story.madeBy.get(name) ?? [];
    yield { lot: name, events };
    for (const event of events) for (const it of story.taken.get(event) ?? []) reached.add(it.name);
  }
}

function doubtsOf(event: LotEvent, lot: string, known: ReadonlyMap<string, readonly Certificate[]>): LabelDoubt[] {
  if (event.standing !== "stands") return [{ kind: "event", lot, event }];
  if (event.kind !== "commission") return [];
  const certificates = known.get(certifiedKey(event.ref.issuer, productOf(lot))) ?? [];
  const why = certificates.flatMap((certificate) => {
    const problem = problemOf(certificate, event);
    return problem ? [{ certificate, problem }] : [];
  });
  return why.length < certificates.length ? [] : [{ kind: "uncertified", lot, event, why }];
}

/** A maker of what is in a lot, who stands behind its label, or certified it, as well. */
export interface OwnWord {
  event: LotEvent;
  as: "body" | "certifier";
}

/** By account, or by the key that signs; each maker once. */
export function ownWords(
  story: Story,
  lot: string,
  label: { body: Hex | null; keys: ReadonlyMap<string, Hex>; certificates: readonly Certificate[] },
  keys: ReadonlyMap<string, Hex>,
): OwnWord[] {
  const found = new Map<string, OwnWord>();
  for (const { lot: name, events } of behind(story, lot)) {
    for (const event of events) {
      const maker = event.ref.issuer.toLowerCase();
      const own = new Set([maker, keys.get(maker)?.toLowerCase()]);
      const isOwn = (account: string): boolean =>
        own.has(account.toLowerCase()) || own.has(label.keys.get(account.toLowerCase())?.toLowerCase());
      const certifies = ({ maker: of, product, ref }: Certificate): boolean =>
        certifiedKey(of, product) === certifiedKey(maker, productOf(name)) && isOwn(ref.issuer);
      if (label.body && own.has(label.body.toLowerCase())) found.set(`body ${maker}`, { event, as: "body" });
      if (label.certificates.some(certifies)) found.set(`certifier ${maker}`, { event, as: "certifier" });
    }
  }
  return [...found.values()];
}
