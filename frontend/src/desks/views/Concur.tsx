import { useState } from "preact/hooks";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { head } from "../../chain/head";
import type { DirectAct } from "../../acts/act";
import { landRegisterAbi } from "../../generated/LandRegister";
import { nameOf, parcelOf } from "../../land/parcel";
import { Rights } from "../../land/parts/Shares";
import { readTitle } from "../../land/register";
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
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { formatHash, formatMoment } from "../../words/format";
import { actWords, linesOf } from "../concurred";
import { type ReadAct, decodeAct, titlesOf } from "../concurring";
import { OfficeButton } from "../parts/OfficeButton";
import { useOnce } from "../parts/useOnce";
import { readAttested } from "../read";

/** The registrar carries out what the notary attested: the act comes by a link, its hash from the chain. */
export default function Concur() {
  const handed = query.value.get("act") ?? "";
  return (
    <Page title={desk().concur.title} lead={desk().attest.lead}>
      <Waiting />
      {/* Another link that is opened here is another act. */}
      <Handed key={handed} handed={handed} />
    </Page>
  );
}

function Handed({ handed }: { handed: string }) {
  const w = desk().concur;
  const [typed, setTyped] = useState(handed);
  const act = decodeAct(typed);
  return (
    <>
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
    </>
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

function Carry({ act }: { act: ReadAct }) {
  const w = desk();
  const { name, meaning } = actWords(act.name);
  const contract = at(act.contract, landRegisterAbi);
  const attestation = useRead(
    () => readContract(chain(), { ...contract, functionName: "attestationOf", args: [act.hash] }),
    [act.hash, head.value?.number],
  );
  const isAttested =
    attestation.value !== undefined &&
    BigInt(attestation.value.by) !== 0n &&
    Number(attestation.value.until) >= (head.value?.timestamp_s ?? 0);
  const wasAttested = useOnce(isAttested);
  const lines = linesOf(act);
  const direct: DirectAct = {
    call: { address: contract.address, abi: act.abi, functionName: act.name, args: act.args },
    explanation: { title: w.concur.explain(name), lines, consequence: meaning, until_s: null, payer: "self" },
  };
  return (
    <section class="card">
      <h2>{name}</h2>
      <p>{meaning}</p>
      <Facts facts={lines} />
      {titlesOf(act).map((title) => (
        <Before key={title} title={title} />
      ))}
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

/** Who holds a title as the act finds it: what the registrar compares with the documents. */
function Before({ title }: { title: bigint }) {
  const read = useRead(() => readTitle(title, 0), [title]);
  if (!read.value || read.value.rights.length === 0) return null;
  return (
    <section class="stack">
      <h3>{drafting().enact.before(nameOf(parcelOf(title)))}</h3>
      <Rights rights={read.value.rights} whole={read.value.whole} />
    </section>
  );
}
