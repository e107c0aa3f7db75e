import { head } from "../../chain/head";
import { Address } from "../../parts/Address";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { amountIn } from "../amount";
import type { Circle, Member } from "../chain/circle";
import { type Vouch, readVouches } from "../chain/told";
import { credit } from "../words/credit";

/** Who vouches for one, and for whom one vouches. */
export function Vouches({ circle, member }: { circle: Circle; member: Member }) {
  const w = credit().vouches;
  const read = useRead(() => readVouches(circle, member.key), [circle, member.key, head.value?.number]);
  const list = (vouches: readonly Vouch[], whom: "voucher" | "member") => (
    <ul class="list">
      {vouches.map((it) => (
        <li key={`${it.voucher}/${it.member}`}>
          <Address address={it[whom]} copy /> <strong>{amountIn(circle, it.amount)}</strong>
        </li>
      ))}
    </ul>
  );
  return (
    <section>
      <h2>{w.title}</h2>
      <Reading read={read}>
        {({ given, had }) => (
          <>
            <h3>{w.had}</h3>
            {had.length === 0 ? <p class="hint">{w.nobodyForYou}</p> : list(had, "voucher")}
            <h3>{w.given}</h3>
            {given.length === 0 ? <p class="hint">{w.youForNobody}</p> : list(given, "member")}
          </>
        )}
      </Reading>
    </section>
  );
}
