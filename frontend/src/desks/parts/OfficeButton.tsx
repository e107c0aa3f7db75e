import { useState } from "preact/hooks";
import { head } from "../../chain/head";
import type { DirectAct } from "../../acts/act";
import { useAct } from "../../acts/useAct";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { session } from "../../wallet/session";
import { formatMoment, formatNumber } from "../../words/format";
import { desk } from "../words/desk";
import { type Standing, announcement, dataOf, standingOf } from "../authority";

const DAY_S = 86_400;
const HOUR_S = 3_600;

const delayText = (delay_s: number): string =>
  delay_s >= DAY_S
    ? desk().act.days(formatNumber(Math.ceil(delay_s / DAY_S)))
    : desk().act.hours(formatNumber(Math.ceil(delay_s / HOUR_S)));

interface Props {
  direct: DirectAct;
  label?: string;
  /** No office is asked for: the contract lets anyone. */
  isForAnyone?: boolean;
  onDone?: () => void;
}

/**
 * The one button of an office's act: carries it out, or announces it where the office must wait, or says from when it
 * may.
 * Whoever may not do it sees why, and no button.
 */
export function OfficeButton({ direct, label, isForAnyone = false, onDone }: Props) {
  const w = desk().act;
  const account = session.value?.account;
  const act = useAct();
  const data = dataOf(direct.call);
  const standing = useRead(async (): Promise<Standing> => {
    if (isForAnyone) return { kind: "now" };
    return account ? standingOf(account, direct.call) : { kind: "forbidden" };
  }, [account, data, direct.call.address, isForAnyone, head.value?.number]);
  const name = direct.explanation.title;
  const [isAnnounced, setAnnounced] = useState(false);
  const run = (wanted: DirectAct): void => {
    setAnnounced(wanted !== direct);
    void act
      .direct(() => wanted)
      .then(() => {
        standing.again();
        if (act.state.peek().at === "done") onDone?.();
      });
  };
  const isReady = act.state.value.at === "ready";
  const now_s = head.value?.timestamp_s ?? 0;
  return (
    <>
      {isReady && (
        <Reading read={standing}>
          {(found) => (
            <Offer
              standing={found}
              label={label ?? name}
              now_s={now_s}
              carryOut={() => run(direct)}
              announce={() => run(announcement(direct, w.announceTitle(name)))}
            />
          )}
        </Reading>
      )}
      <Progress act={act} done={<p class="notice-title">{isAnnounced ? w.announcedDone : w.done}</p>} />
    </>
  );
}

interface Offered {
  standing: Standing;
  label: string;
  now_s: number;
  carryOut: () => void;
  announce: () => void;
}

function Offer({ standing, label, now_s, carryOut, announce }: Offered) {
  const w = desk().act;
  switch (standing.kind) {
    case "forbidden":
      return <Notice tone="warn">{desk().forbidden}</Notice>;
    case "announce":
      return (
        <>
          <p class="hint">{w.announceNote(delayText(standing.delay_s))}</p>
          <Button wide onClick={announce}>
            {w.announce} · {label}
          </Button>
        </>
      );
    case "announced":
      if (standing.from_s > now_s) return <Notice live={false}>{w.announced(formatMoment(standing.from_s))}</Notice>;
      break;
    case "now":
  }
  return (
    <Button wide onClick={carryOut}>
      {label}
    </Button>
  );
}
