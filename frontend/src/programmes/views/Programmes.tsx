import { head } from "../../chain/head";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { readFigures } from "../chain/figures";
import type { Figures } from "../figures";
import { titleOf } from "../parts/OpenSheet";
import { Sums } from "../parts/Sums";
import { type TownProgramme, readTownProgrammes } from "../published";
import { figures } from "../words/figures";

/** The town's programmes, each with its sums. */
export default function Programmes() {
  const w = figures();
  const read = useRead(async () => {
    const all = await readTownProgrammes();
    return Promise.all(all.map(async (it): Promise<[TownProgramme, Figures]> => [it, await readFigures(it)]));
  }, [head.value?.number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>
        {(all) =>
          all.length === 0 ? <p>{w.none}</p> : all.map(([it, now]) => <One key={it.name} of={it} now={now} />)
        }
      </Reading>
      <p class="hint">{w.anyone}</p>
    </Page>
  );
}

function One({ of, now }: { of: TownProgramme; now: Figures }) {
  return (
    <section class="card stack">
      <h2>
        <a href={link(`/programmes/${of.name}`)}>{titleOf(of)}</a>
      </h2>
      <Sums of={of} now={now} />
    </section>
  );
}
