import { Notice } from "../../parts/Notice";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { head } from "../../chain/head";
import { link } from "../../router";
import type { Hex } from "../../vote/ballot/bytes";
import { formatMoment } from "../../words/format";
import type { ComponentChildren } from "preact";
import { type Operation, readOperation } from "../chain/clearing";
import { energy } from "../words/energy";

const NAMES = ["mandate", "month", "street", "desk"] as const;
type Place = (typeof NAMES)[number];

/** Where a view of an operation is. */
export const placeOf = (op: string, name: Place): string =>
  name === "mandate" ? `/energy/${op}` : `/energy/${op}/${name}`;

/** The other views of an operation, and what the chain has of it. */
export function InOperation({
  op,
  here,
  children,
}: {
  op: string;
  here: Place;
  children: (operation: Operation) => ComponentChildren;
}) {
  const w = energy();
  const read = useRead(async () => (isName(op) ? readOperation(op) : null), [op, head.value?.number]);
  return (
    <Reading read={read}>
      {(operation) =>
        operation ? (
          <>
            <nav aria-label={w.ways.label}>
              <ul class="list">
                {NAMES.filter((it) => it !== here).map((it) => (
                  <li key={it}>
                    <a href={link(placeOf(op, it))}>{w.ways[it]}</a>
                  </li>
                ))}
              </ul>
            </nav>
            {children(operation)}
          </>
        ) : (
          <Notice tone="warn">
            <p>{w.missing}</p>
          </Notice>
        )
      }
    </Reading>
  );
}

const isName = (op: string): op is Hex => /^0x[0-9a-f]{64}$/.test(op);

/** Where the last statement stands, in a sentence; and where its file is published. */
export function Where({ operation: { statement, status, dueAt_s, deadAt_s } }: { operation: Operation }) {
  const w = energy().status;
  const period = statement?.period ?? 0;
  const told = {
    none: w.none,
    stated: w.stated(period, formatMoment(dueAt_s)),
    due: w.due(period, formatMoment(deadAt_s)),
    dead: w.dead(period),
    settled: w.settled(period),
    void: w.void(period),
  };
  const isUnknown = statement === null && status !== "none";
  return (
    <>
      <p>{isUnknown ? w.unknown : told[status]}</p>
      {statement && /^https:\/\//.test(statement.uri) && (
        <p>
          <a href={statement.uri} rel="noreferrer">
            {w.published}
          </a>
        </p>
      )}
    </>
  );
}
