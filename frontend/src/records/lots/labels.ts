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
}

/** What the chain says of a certificate, now. */
export type CertificateState = Pick<Certificate, "standing" | "accredited_s">;

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
  { kind: Exclude<Standing, "stands"> } | { kind: "ended" | "notBegun" | "unaccredited"; at_s: number };

/** Why a label does not hold of a lot. */
export type LabelDoubt =
  | { kind: "finding"; finding: Finding }
  | { kind: "event"; lot: string; event: LotEvent }
  | {
      kind: "uncertified";
      lot: string;
      event: LotEvent;
      /** Of the certificates that there are of its product; none where there is none. */
      why: readonly { certificate: Certificate; problem: CertificateProblem }[];
    };

/** Why a certificate says nothing of a lot that was made then; null where it does. */
function problemOf({ standing, from, until, accredited_s }: Certificate, made_ms: number): CertificateProblem | null {
  const made_s = Math.floor(made_ms / 1000);
  if (standing !== "stands") return { kind: standing };
  if (until && made_s >= until) return { kind: "ended", at_s: until };
  if (made_s < from) return { kind: "notBegun", at_s: from };
  return made_s >= accredited_s ? { kind: "unaccredited", at_s: accredited_s } : null;
}

/** Why a lot does not bear a label, by all its certificates; none where it does. */
export function labelDoubts(story: Story, lot: string, certificates: readonly Certificate[]): LabelDoubt[] {
  const known = new Map<string, Certificate[]>();
  for (const it of certificates) pushTo(known, `${it.maker.toLowerCase()} ${it.product}`, it);
  const unsound = new Map<string, Finding[]>();
  for (const finding of story.findings) {
    if (UNSOUND.has(finding.doubt)) for (const name of finding.about) pushTo(unsound, name, finding);
  }
  const findings = new Set<Finding>();
  const others: LabelDoubt[] = [];
  for (const { lot: name, events } of behind(story, lot)) {
    for (const finding of unsound.get(name) ?? []) findings.add(finding);
    for (const event of events) others.push(...doubtsOf(event, name, known));
  }
  return [...[...findings].map((finding) => ({ kind: "finding", finding }) as const), ...others];
}

/** A lot and all that it was made of, at any depth, each once, with the events that made it. */
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
  const certificates = known.get(`${event.ref.issuer.toLowerCase()} ${productOf(lot)}`) ?? [];
  const why = certificates.flatMap((certificate) => {
    const problem = problemOf(certificate, event.at_ms);
    return problem ? [{ certificate, problem }] : [];
  });
  return why.length < certificates.length ? [] : [{ kind: "uncertified", lot, event, why }];
}
