import { head } from "../../chain/head";
import { ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link, query } from "../../router";
import "../../style/land.css";
import { formatNumber } from "../../words/format";
import { land } from "../words/land";
import { Legend, ParcelMap, Search, type States } from "../map/Map";
import { isParcelId } from "../parcel";
import { readGround } from "../parcels";
import { readStates } from "../register";

const NONE: States = new Map();

/** The commune's parcels: find one by name, or on the map. */
export default function LandMap() {
  const w = land().map;
  const ground = useRead(readGround, []);
  const states = useRead(readStates, [head.value?.number]);
  const wanted = query.value.get("parcel");
  return (
    <Page title={w.title} lead={w.lead}>
      <div class="actions">
        <ButtonLink look="secondary" href={link("/land/mine")}>
          {w.mine}
        </ButtonLink>
      </div>
      <Reading read={ground}>
        {(found) =>
          found === null ? (
            <Notice live={false}>
              <p>{w.none}</p>
            </Notice>
          ) : (
            <>
              <Search ground={found} />
              <ParcelMap
                ground={found}
                states={states.value ?? NONE}
                chosen={wanted && isParcelId(wanted) ? wanted : null}
              />
              <Legend ground={found} states={states.value ?? NONE} />
              <p class="hint">
                {w.count(formatNumber(found.plots.length))} · {w.touch}
              </p>
            </>
          )
        }
      </Reading>
      <p class="hint">{w.mirror}</p>
    </Page>
  );
}
