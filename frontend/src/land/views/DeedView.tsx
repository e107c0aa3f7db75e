import { type Address as Account, type Hex, isAddressEqual } from "viem";
import { head } from "../../chain/head";
import { Address } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { Facts, Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { useAct } from "../../acts/useAct";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { land } from "../words/land";
import { signDeed, stakeLines } from "../flows/sign";
import { nameOf, parcelOf } from "../parcel";
import { TermsText } from "../parts/TermsText";
import type { Deed } from "../reading";
import { keysOf } from "../../residents/keys";
import { readTitle } from "../register";
import { isGenuine, readOneDeed } from "../sales";
import { consenting, stakeOf } from "../terms";

interface Known {
  deed: Deed;
  whole: number;
  isGenuine: boolean;
}

async function read(id: Hex): Promise<Known | null> {
  const deed = await readOneDeed(id);
  if (deed === null) return null;
  const title = await readTitle(deed.terms.title, 0);
  const others = title ? consenting(deed.terms, title.charges) : [];
  return { deed, whole: title?.whole ?? 1, isGenuine: deed.id === id && isGenuine(deed, others) };
}

/** An act of a sale, in plain words, with who has signed it; one's own part of it, and signing it. */
export default function DeedView({ parameters }: ViewProps) {
  const id = (parameters["id"] ?? "").toLowerCase() as Hex;
  const w = land().deed;
  const known = useRead(() => read(id), [id, head.value?.number]);
  const deed = known.value?.deed;
  const title = deed ? w.title(w.names[deed.act], nameOf(parcelOf(deed.terms.title))) : w.names.deed;
  return (
    <Page title={title} lead={deed && w.meaning[deed.act]}>
      <Reading read={known}>
        {(found) => (found === null ? <p>{w.notFound}</p> : <Sheet known={found} again={known.again} />)}
      </Reading>
    </Page>
  );
}

function Sheet({ known, again }: { known: Known; again: () => void }) {
  const w = land();
  const { deed, whole } = known;
  if (!known.isGenuine) return <Notice tone="bad">{w.deed.forged}</Notice>;
  return (
    <>
      <NeedsWallet>{({ account }) => <Own known={known} account={account} again={again} />}</NeedsWallet>
      <section>
        <h2>{w.deed.terms}</h2>
        <TermsText terms={deed.terms} whole={whole} />
      </section>
      <Signatures deed={deed} />
      <div class="actions">
        <ButtonLink look="secondary" href={link(`/land/parcel/${parcelOf(deed.terms.title)}`)}>
          {w.parcel.title(nameOf(parcelOf(deed.terms.title)))}
        </ButtonLink>
      </div>
    </>
  );
}

const has = (list: readonly Account[], account: Account): boolean => list.some((it) => isAddressEqual(it, account));

/** One's own part, and the one action of this screen. */
function Own({ known, account, again }: { known: Known; account: Account; again: () => void }) {
  const w = land().deed;
  const { deed, whole } = known;
  const act = useAct();
  const keys = useRead(() => keysOf(account), [account]);
  if (!keys.value) return null;
  const party = keys.value.find((key) => has(deed.parties, key));
  if (!party) return <Notice live={false}>{w.notParty}</Notice>;
  const lines = stakeLines(stakeOf(deed.terms, party), whole);
  const isSigned = has(deed.signed, party);
  return (
    <section class="card">
      <h2>{w.yours}</h2>
      {lines.length > 0 && <Facts facts={lines.map(([label, value]) => [label, value] as const)} />}
      {deed.isComplete && <Notice tone="good">{w.complete}</Notice>}
      {isSigned && !deed.isComplete && act.state.value.at === "ready" && <Notice tone="good">{w.signedAlready}</Notice>}
      {!isSigned && act.state.value.at === "ready" && (
        <>
          <p class="hint">{w.binding}</p>
          <Button wide onClick={() => void act.slip(() => signDeed(party, deed, whole)).then(again)}>
            {w.sign}
          </Button>
        </>
      )}
      <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
    </section>
  );
}

function Signatures({ deed }: { deed: Deed }) {
  const w = land().deed;
  const parties = deed.parties.filter((party, place) => !has(deed.parties.slice(0, place), party));
  return (
    <section>
      <h2>{w.signatures}</h2>
      <Table
        caption={w.signatures}
        hideCaption
        rows={parties}
        columns={[
          { name: w.party, cell: (party) => <Address address={party} /> },
          {
            name: w.signatures,
            cell: (party) =>
              has(deed.signed, party) ? (
                <span class="badge good">{w.hasSigned}</span>
              ) : (
                <span class="badge">{w.hasNotSigned}</span>
              ),
          },
        ]}
      />
    </section>
  );
}
