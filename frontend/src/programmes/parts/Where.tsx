import type { Purse } from "../purse";
import { shopTold } from "../told";
import { purse } from "../words/purse";

/** Shops that are accredited now, by category. */
export function Where({ of: { programme, merchants } }: { of: Purse }) {
  const w = purse();
  const bits = Array.from({ length: 24 }, (_, bit) => bit).filter((bit) => (programme.terms.categories >> bit) & 1);
  const groups = bits.map((bit) => ({
    name: programme.categories[bit] ?? w.category(bit + 1),
    shops: [...merchants].filter(([, theirs]) => (theirs >> bit) & 1).map(([account]) => account),
  }));
  return (
    <section class="stack">
      <h2>{w.where}</h2>
      {merchants.size === 0 && <p>{w.nowhere}</p>}
      {groups
        .filter(({ shops }) => shops.length > 0)
        .map(({ name, shops }) => (
          <div key={name}>
            <h3>{name}</h3>
            <ul class="list">
              {shops.map((account) => (
                <li key={account} title={account}>
                  {shopTold(programme, account)}
                </li>
              ))}
            </ul>
          </div>
        ))}
    </section>
  );
}
