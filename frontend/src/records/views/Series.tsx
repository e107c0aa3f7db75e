import { type Address, isAddress, isAddressEqual } from "viem";
import { useState } from "preact/hooks";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { Address as AddressView } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts } from "../../parts/Table";
import type { ViewProps } from "../../route";
import { session } from "../../wallet/session";
import { formatDay } from "../../words/format";
import { type Series as SeriesOfIssuer, readSeries } from "../chain/series";
import { revoke } from "../flows/issue";
import { numbersIn, wordsOf } from "../numbers";
import { IssueForm } from "../parts/IssueForm";
import { issuing } from "../words/issuing";

/** A series: a batch that is issued from a file, numbers that are revoked. */
export default function Series({ parameters }: ViewProps) {
  const w = issuing();
  const { schema = "", issuer = "" } = parameters;
  const read = useRead(
    async () =>
      /^\d{1,15}$/.test(schema) && isAddress(issuer, { strict: false }) ? readSeries(Number(schema), issuer) : null,
    [schema, issuer, head.value?.number],
  );
  return (
    <Page title={read.value ? w.number(read.value.opened.schema, read.value.opened.name) : w.title}>
      <Reading read={read}>{(series) => (series ? <Own series={series} /> : <p>{w.series.missing}</p>)}</Reading>
    </Page>
  );
}

function Own({ series }: { series: SeriesOfIssuer }) {
  const w = issuing();
  const { key, until_s, next, issuer, opened } = series;
  const isOver = until_s <= (head.value?.timestamp_s ?? 0);
  const account = session.value?.account;
  const may = account && [key, opened.accreditor].some((it) => isAddressEqual(it, account));
  return (
    <>
      <Facts
        facts={[
          [w.issuer, <AddressView address={issuer} copy />],
          [w.series.key, <AddressView address={key} copy />],
          [w.series.accreditation, isOver ? w.over : w.until(formatDay(until_s - 1))],
        ]}
      />
      <p>{w.next(next)}</p>
      <NeedsWallet>
        {() => (
          <>
            <h2>{w.series.issue}</h2>
            {opened.definition ? (
              <IssueForm series={series} definition={opened.definition} />
            ) : (
              <p>{w.series.opaque}</p>
            )}
            {may && next > 0 && <Revoke series={series} />}
          </>
        )}
      </NeedsWallet>
    </>
  );
}

function Revoke({ series: { opened, issuer, next } }: { series: SeriesOfIssuer }) {
  const w = issuing().series;
  const act = useAct();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const numbers = numbersIn(text, next);
    setFault(numbers ? null : w.numbersFault(next));
    if (!numbers) return;
    const of = { schema: opened.schema, issuer: issuer as Address, name: opened.name };
    for (const word of wordsOf(numbers)) {
      await act.direct(() => revoke(of, word));
      if (act.state.peek().at !== "done") return;
    }
    setText("");
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{w.revoke}</h2>
      <p>{w.revokeLead}</p>
      <TextField label={w.numbers} hint={w.numbersHint} value={text} onValue={setText} fault={fault} />
      <Progress act={act} done={<p class="notice-title">{w.revoked}</p>} />
      <Button type="submit" look="danger" busy={act.isBusy}>
        {w.revoke}
      </Button>
    </form>
  );
}
