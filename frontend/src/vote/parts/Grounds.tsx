import type { Hex } from "../ballot/bytes";
import type { Grounds as Stood } from "../booth/grounds";
import type { Poll } from "../booth/polls";
import { Notice } from "../../parts/Notice";
import { Facts } from "../../parts/Table";
import { formatMoment, formatNumber } from "../../words/format";
import { grounds } from "../words/grounds";

/** Digits of a hash by which people compare totals. */
const TAIL = 8;

/** For which a sealed roll is current, as Rolls has it. */
const CURRENT_DAYS = 365;

/** What an audit stood on, to be compared with what the town has published. */
export function Grounds({ poll, stood }: { poll: Poll; stood: Stood }) {
  const w = grounds();
  const n = formatNumber;
  const { closed, origin, outside } = stood;
  return (
    <section>
      {outside > 0 && (
        <Notice tone="bad" title={w.outside(n(outside))}>
          <p>{w.outsideNote(formatMoment(poll.opensAt_s), formatMoment(poll.closesAt_s))}</p>
        </Notice>
      )}
      {!stood.isWhole && <Notice tone="warn" title={w.notWhole} />}
      {stood.age_days !== null && stood.age_days >= CURRENT_DAYS && (
        <Notice tone="warn" title={w.old(n(stood.age_days))} />
      )}
      <h2>{w.title}</h2>
      <p>{w.compareTown}</p>
      <Facts
        facts={[
          [w.node, <Whole text={stood.node} />],
          [w.chain, <Whole text={`${stood.chainId}, ${stood.genesis}`} />],
          [w.contract, <Whole text={stood.contract} />],
          [w.closed, closed ? <Whole text={`${n(closed.block)}, ${closed.hash}`} /> : w.notClosed],
          [w.trustees(n(stood.threshold), n(stood.trustees.length)), <Accounts accounts={stood.trustees} />],
          [w.key, <Whole text={stood.key} />],
          [w.roll(n(stood.rollSize)), <Whole text={stood.rollRoot} />],
          [w.origin, origin ? w.drawn(origin, stood.isWhole) : w.noOrigin],
          [w.question, poll.subject?.question ? poll.subject.question : w.noText],
          [w.options, poll.subject ? poll.subject.options.join(" | ") : w.noText],
          [w.terms, <Whole text={stood.terms} />],
          [w.batches, w.batchesOf(n(stood.batches), n(outside))],
          [w.totals, stood.totals ? <Whole text={`…${stood.totals.slice(-TAIL)}`} /> : w.notClosed],
        ]}
      />
    </section>
  );
}

/** Never shortened: what is compared by its ends alone is made to have the same ends. */
function Whole({ text }: { text: string }) {
  return <code>{text}</code>;
}

function Accounts({ accounts }: { accounts: readonly Hex[] }) {
  return (
    <ol>
      {accounts.map((account) => (
        <li key={account}>
          <Whole text={account} />
        </li>
      ))}
    </ol>
  );
}
