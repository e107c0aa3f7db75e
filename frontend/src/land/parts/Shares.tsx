import { Address } from "../../parts/Address";
import { Table } from "../../parts/Table";
import { formatNumber } from "../../words/format";
import { land } from "../words/land";
import { type Right, fraction } from "../rights";

/** A share in words: "1/2", "the whole". */
function shareText(shares: number, whole: number): string {
  const part = fraction(shares, whole);
  const w = land().rights;
  return part ? w.fraction(formatNumber(part.over), formatNumber(part.under)) : w.whole;
}

/** A right in words: "1/2 in bare ownership". */
export function rightText(right: Right, whole: number): string {
  const w = land().rights;
  const kind = w.kinds[right.kind] ?? "";
  const part = fraction(right.shares, whole);
  return part ? w.of(kind, w.fraction(formatNumber(part.over), formatNumber(part.under))) : w.wholeOf(kind);
}

const COLOURS = 5;

/** Who owns how much as a bar, for the eye; the table beside it says it. */
function Bar({ rights, whole }: { rights: readonly Right[]; whole: number }) {
  const owned = rights.filter(({ kind }) => kind !== 2);
  let at = 0;
  return (
    <svg class="shares" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      {owned.map((right, place) => {
        const width = (100 * right.shares) / whole;
        const x = at;
        at += width;
        return <rect key={place} class={`share-${place % COLOURS} share-gap`} x={x} y="0" width={width} height="4" />;
      })}
    </svg>
  );
}

export function Rights({ rights, whole }: { rights: readonly Right[]; whole: number }) {
  const w = land().rights;
  return (
    <>
      {rights.length > 1 && <Bar rights={rights} whole={whole} />}
      <Table
        caption={w.title}
        hideCaption
        rows={rights}
        columns={[
          { name: w.holder, cell: ({ holder }) => <Address address={holder} /> },
          { name: w.right, cell: ({ kind }) => w.kinds[kind] },
          { name: w.share, cell: ({ shares }) => shareText(shares, whole), numeric: true },
        ]}
      />
    </>
  );
}
