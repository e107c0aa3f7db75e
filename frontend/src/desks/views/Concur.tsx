import { useMemo, useState } from "preact/hooks";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { head } from "../../chain/head";
import type { DirectAct } from "../../flows/act";
import { chargesAbi } from "../../generated/Charges";
import { Address } from "../../parts/Address";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Facts, Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { query } from "../../router";
import "../../style/land.css";
import { formatAmount, formatDay, formatHash, formatMoment, formatNumber } from "../../words/format";
import { nameOf as personOf } from "../../parts/Address";
import { desk } from "../../words/desk";
import { land } from "../../words/land";
import { nameOf, parcelOf } from "../../land/parcel";
import { type Concurred, decodeAct } from "../concurring";
import { OfficeButton } from "../parts/OfficeButton";
import { useOnce } from "../parts/useOnce";
import { readAttested } from "../read";

/** The registrar carries out what the notary attested: the act comes by a link, its hash from the chain. */
export default function Concur() {
  const w = desk().concur;
  const [typed, setTyped] = useState(query.value.get("act") ?? "");
  const act = decodeAct(typed);
  return (
    <Page title={w.title} lead={desk().attest.lead}>
      <Waiting />
      <form onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={w.paste}
          value={typed}
          onValue={setTyped}
          input={{ autocomplete: "off", spellcheck: false }}
        />
      </form>
      {typed !== "" && !act && <Notice tone="bad">{w.unreadable}</Notice>}
      {act && <NeedsWallet>{() => <Carry key={act.hash} act={act} />}</NeedsWallet>}
    </Page>
  );
}

function Waiting() {
  const w = desk().concur;
  const now_s = head.value?.timestamp_s ?? 0;
  const read = useRead(() => readAttested(now_s), [head.value?.number]);
  return (
    <Reading read={read}>
      {(waiting) =>
        waiting.length === 0 ? (
          <p>{w.none}</p>
        ) : (
          <Table
            caption={w.title}
            hideCaption
            rows={waiting}
            columns={[
              { name: w.hash, cell: ({ actHash }) => <span title={actHash}>{formatHash(actHash)}</span> },
              { name: w.by, cell: ({ by }) => <Address address={by} /> },
              { name: w.until, cell: ({ until_s }) => formatMoment(until_s) },
            ]}
          />
        )
      }
    </Reading>
  );
}

type Act = NonNullable<ReturnType<typeof decodeAct>>;

/** The decoded call in words, from its own arguments. */
function linesOf({ functionName, args }: Act): (readonly [string, string])[] {
  const w = desk().fields;
  const lines: (readonly [string, string])[] = [[w["parcel"]!, nameOf(parcelOf(args[0] as bigint))]];
  if (functionName === "inscribe") {
    lines.push(
      [w["creditor"]!, `${personOf(args[1] as `0x${string}`)} (${args[1]})`],
      [w["amount"]!, formatAmount(BigInt(args[2] as number))],
      [w["due"]!, formatDay(Number(args[3]) * 86_400)],
    );
  } else lines.push([w["number"]!, formatNumber(Number(args[1]))]);
  lines.push([land().burdens.document, formatHash(args.at(-1) as `0x${string}`)]);
  return lines;
}

function Carry({ act }: { act: Act }) {
  const w = desk();
  const name = act.functionName as Concurred;
  const attestation = useRead(
    () => readContract(chain(), { ...at("Charges", chargesAbi), functionName: "attestationOf", args: [act.hash] }),
    [act.hash, head.value?.number],
  );
  const isAttested =
    attestation.value !== undefined &&
    BigInt(attestation.value.by) !== 0n &&
    Number(attestation.value.until) >= (head.value?.timestamp_s ?? 0);
  const wasAttested = useOnce(isAttested);
  const words = w.acts[name];
  const lines = linesOf(act);
  const direct: DirectAct = useMemo(
    () => ({
      call: {
        address: at("Charges", chargesAbi).address,
        abi: act.abi,
        functionName: act.functionName,
        args: act.args,
      },
      explanation: {
        title: w.concur.explain(words.name),
        lines,
        consequence: words.meaning,
        until_s: null,
        payer: "self",
      },
    }),
    [act.hash],
  );
  return (
    <section class="card">
      <h2>{words.name}</h2>
      <p>{words.meaning}</p>
      <Facts facts={lines} />
      <Reading read={attestation}>
        {() =>
          wasAttested ? (
            <OfficeButton direct={direct} label={w.concur.carryOut} />
          ) : (
            <Notice tone="warn">{w.concur.notAttested}</Notice>
          )
        }
      </Reading>
      {isAttested && attestation.value && (
        <p class="hint">
          {w.concur.attested} — {w.before(formatMoment(attestation.value.until))}
        </p>
      )}
    </section>
  );
}
