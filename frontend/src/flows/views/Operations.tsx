import { head } from "../../chain/head";
import { Address } from "../../parts/Address";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import { formatHash } from "../../words/format";
import { type Operation, readOperations } from "../chain/clearing";
import { Where, placeOf } from "../parts/InOperation";
import { Vouching } from "../parts/Vouching";
import { energy } from "../words/energy";

/** The town's operations of shared energy. */
export default function Operations() {
  const w = energy();
  const read = useRead(readOperations, [head.value?.number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>
        {(all) => (all.length === 0 ? <p>{w.none}</p> : all.map((it) => <One key={it.op} operation={it} />))}
      </Reading>
      <p class="hint">{w.unvouched}</p>
    </Page>
  );
}

function One({ operation }: { operation: Operation }) {
  const w = energy();
  const { op, terms } = operation;
  return (
    <section class="card stack">
      <h2>
        <a href={link(placeOf(op, "mandate"))}>{w.operation(formatHash(op))}</a>
      </h2>
      <Facts
        facts={[
          [w.organiser, <Address address={terms.organiser} />],
          [w.arbiter, <Address address={terms.arbiter} />],
        ]}
      />
      <Vouching operation={operation} />
      <Where operation={operation} />
    </section>
  );
}
