import type { Hex } from "viem";
import { at } from "../../chain/client";
import { head } from "../../chain/head";
import type { DirectAct } from "../../acts/act";
import { conveyanceAbi } from "../../generated/Conveyance";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { nameOf, parcelOf } from "../../land/parcel";
import { TermsText } from "../../land/parts/TermsText";
import type { Deed } from "../../land/reading";
import { readTitle } from "../../land/register";
import { type Sale, homeOf, isGenuine, readOneDeed, readSale } from "../../land/sales";
import { consenting, total } from "../../land/terms";
import { serving } from "../../town/instances";
import { formatAmount } from "../../words/format";
import { desk } from "../words/desk";
import { land } from "../../land/words/land";
import { CARRIED, type Carriage, argumentsOf, isOver, lackOf } from "../carrying";
import { lackText } from "../parts/Deeds";
import { OfficeButton } from "../parts/OfficeButton";
import { useOnce } from "../parts/useOnce";

const FUNCTIONS: Readonly<Record<Carriage, string>> = { openSale: "open", amendSale: "amend", settleSale: "settle" };

interface Known {
  deed: Deed;
  sale: Sale | null;
  whole: number;
  version: number;
  isGenuine: boolean;
  /** The contract of sales that it is carried to, by its name in the town. */
  home: string;
}

async function read(id: Hex): Promise<Known | null> {
  const deed = await readOneDeed(id);
  if (!deed) return null;
  const [sale, title] = await Promise.all([
    deed.sale === null ? null : readSale(deed.sale),
    readTitle(deed.terms.title, 0),
  ]);
  const others = title ? consenting(deed.terms, title.charges) : [];
  const home = homeOf(deed) ?? serving("Conveyance");
  const about = { whole: title?.whole ?? 1, version: title?.version ?? 0, home };
  return { deed, sale, ...about, isGenuine: isGenuine(deed, others) };
}

/** The notary carries what all have signed: opens a sale, amends it, settles it. */
export default function CarryDeed({ parameters }: ViewProps) {
  const id = (parameters["id"] ?? "").toLowerCase() as Hex;
  const known = useRead(() => read(id), [id, head.value?.number]);
  const deed = known.value?.deed;
  const carriage = deed && CARRIED[deed.act];
  const words = carriage ? desk().signed[carriage] : null;
  return (
    <Page title={words?.name ?? land().deed.names[deed?.act ?? "deed"]} lead={words?.meaning}>
      <Reading read={known}>
        {(found) => (found === null ? <p>{land().deed.notFound}</p> : <Sheet known={found} again={known.again} />)}
      </Reading>
    </Page>
  );
}

function Sheet({ known, again }: { known: Known; again: () => void }) {
  const { deed, sale, whole, version } = known;
  const now_s = head.value?.timestamp_s ?? 0;
  const w = desk().signed;
  const lack = lackOf(deed, sale, now_s);
  const carriage = CARRIED[deed.act];
  const isDone = isOver(deed, sale, version);
  const isCarried = useOnce(!lack && !isDone);
  if (!known.isGenuine) return <Notice tone="bad">{land().deed.forged}</Notice>;
  return (
    <>
      {!isDone && !isCarried && lack && (
        <Notice live={false}>
          {w.waiting} {lackText(lack)}
        </Notice>
      )}
      {isCarried && carriage && (
        <NeedsWallet>{() => <Carry known={known} carriage={carriage} again={again} />}</NeedsWallet>
      )}
      <section>
        <h2>{land().deed.terms}</h2>
        <TermsText terms={deed.terms} whole={whole} />
      </section>
    </>
  );
}

function Carry({ known, carriage, again }: { known: Known; carriage: Carriage; again: () => void }) {
  const { deed, sale } = known;
  const w = land().deed;
  const { name, meaning } = desk().signed[carriage];
  const direct: DirectAct = {
    call: { ...at(known.home, conveyanceAbi), functionName: FUNCTIONS[carriage], args: argumentsOf(deed, sale) },
    explanation: {
      title: name,
      lines: [
        [desk().fields["parcel"]!, nameOf(parcelOf(deed.terms.title))],
        [w.price, formatAmount(deed.terms.price_cents)],
        [w.total, formatAmount(total(deed.terms))],
      ],
      consequence: meaning,
      until_s: null,
      payer: "self",
    },
  };
  return (
    <section class="card">
      <OfficeButton direct={direct} onDone={again} />
    </section>
  );
}
