import { useMemo, useState } from "preact/hooks";
import type { Planned } from "../../vote/booth/opening";
import { isCurrent } from "../../vote/booth/floors";
import type { SealedRoll } from "../../vote/booth/rolls";
import { ActError } from "../../chain/problem";
import { head } from "../../chain/head";
import { type Mandate, readMandate } from "../../cred/history";
import { burning, readCharter } from "../../cred/charter";
import { barOf } from "../../cred/judging";
import { DRAW } from "../../vote/flows/opening";
import { openingRound, type RoundAct } from "../../cred/flows/round";
import { useAct } from "../../acts/useAct";
import { Button, ButtonLink } from "../../parts/Button";
import { Choice } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import { useDraft } from "../../store/draft";
import { type Fields, listOf } from "../../store/schema";
import { boolean, number } from "valibot";
import "../../style/ballot.css";
import { session } from "../../wallet/session";
import { who } from "../../wallet/who";
import { titleOf } from "../../cred/parts/names";
import { cred } from "../../cred/words/cred";
import { desk } from "../words/desk";
import { openings } from "../../vote/words/openings";
import { standingOf } from "../authority";
import { PLANNED, type Ground, useGround, usualPlan } from "../parts/ground";
import { PlanForm } from "../parts/PlanForm";
import { PromiseChoice } from "../parts/PromiseChoice";
import { RollToPublish } from "../parts/RollToPublish";

/** The returning officer puts promises of a mandate to the vote. */
export default function OpenRound({ parameters }: ViewProps) {
  const number = Number(parameters["mandate"]);
  const w = openings().round;
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>{() => <Officer key={number} number={number} />}</NeedsWallet>
      <p class="hint">{desk().ethNote}</p>
    </Page>
  );
}

function Officer({ number }: { number: number }) {
  const ground = useGround();
  const mandate = useRead(() => readMandate(number), [number, head.value?.number]);
  const charter = useRead(readCharter, []);
  if (who.value && !who.value.offices.has("returningOfficer")) return <Notice tone="warn" title={desk().forbidden} />;
  return (
    <Reading read={mandate}>
      {(of) =>
        of ? (
          <Reading read={ground}>
            {(found) => (
              <Reading read={charter}>
                {(asked) => (
                  <Form mandate={of} ground={found} burnt={{ ...found, floors: burning(found.floors, asked) }} />
                )}
              </Reading>
            )}
          </Reading>
        ) : (
          <p>{cred().mandate.missing}</p>
        )
      }
    </Reading>
  );
}

interface Typed extends Planned {
  isMidTerm: boolean;
  promises: readonly number[];
}

const FIELDS: Fields<Typed> = { isMidTerm: boolean(), promises: listOf(number()), ...PLANNED };

interface Checked {
  act: RoundAct;
  roll: SealedRoll;
  isDrawn: boolean;
}

interface FormProps {
  mandate: Mandate;
  ground: Ground;
  /** The same, of a vote that burns. */
  burnt: Ground;
}

function Form({ mandate, ground, burnt }: FormProps) {
  const w = openings();
  const [typed, change, forget] = useDraft<Partial<Typed>>(`desk/judge/${mandate.number}`, FIELDS, {});
  const [usual] = useState<Typed>(() => ({
    isMidTerm: false,
    promises: mandate.promises
      .filter((promise) => barOf(mandate, promise, false, ground.now_s) === null)
      .map(({ number }) => number),
    ...usualPlan(burnt),
  }));
  const [checked, setChecked] = useState<Checked | null>(null);
  // A higher minimum would let the officer bury what residents found.
  const all = { ...usual, ...typed, secrecy: String(ground.floors.secrecyMinimum) };
  const bars = useMemo(
    () => new Map(mandate.promises.map((it) => [it.number, barOf(mandate, it, all.isMidTerm, ground.now_s)] as const)),
    [mandate, all.isMidTerm, ground.now_s],
  );
  if (checked) return <Confirm checked={checked} mandate={mandate} back={() => setChecked(null)} done={forget} />;

  // What was chosen and has been barred since is not sent.
  const promises = all.promises.filter((number) => bars.get(number) === null).sort((a, b) => a - b);
  const chosen = promises.length === 0 ? "nothing" : promises.length > MOST ? "tooMany" : null;
  const take = async (roll: SealedRoll): Promise<void> => {
    if (!(await isCurrent(roll))) throw new ActError({ kind: "told", sentence: w.round.faults.oldRoll });
    const act = await openingRound({ mandate, promises, isMidTerm: all.isMidTerm }, all, roll);
    setChecked({ act, roll, isDrawn: all.roll === DRAW });
  };
  return (
    <PlanForm
      ground={all.isMidTerm ? ground : burnt}
      planned={all}
      change={change}
      isSound={chosen === null}
      isMinimumGiven
      onRoll={take}
    >
      {(isTried) => (
        <>
          <p>
            <a href={link(`/cred/${mandate.number}`)}>{titleOf(mandate.subject)}</a>
          </p>
          <Choice
            legend={w.round.what}
            options={[
              { value: "burns", label: w.round.burns, note: w.round.burnsNote },
              { value: "informs", label: w.round.informs, note: w.round.informsNote },
            ]}
            value={all.isMidTerm ? "informs" : "burns"}
            onValue={(value) => change({ isMidTerm: value === "informs" })}
          />
          <PromiseChoice
            promises={mandate.promises}
            bars={bars}
            chosen={promises}
            onChosen={(numbers) => change({ promises: numbers })}
            fault={isTried && chosen ? w.round.faults[chosen] : null}
          />
        </>
      )}
    </PlanForm>
  );
}

/** A rule has no more ciphertexts. */
const MOST = 32;

interface ConfirmProps {
  checked: Checked;
  mandate: Mandate;
  back: () => void;
  done: () => void;
}

function Confirm({ checked: { act: round, roll, isDrawn }, mandate, back, done }: ConfirmProps) {
  const w = openings().round;
  const act = useAct();
  const account = session.value?.account;
  const standing = useRead(
    async () => (account ? standingOf(account, round.opens) : ({ kind: "forbidden" } as const)),
    [account, round],
  );
  const state = act.state.value.at;
  const send = async (): Promise<void> => {
    await act.direct(() => round);
    if (act.state.peek().at === "done") done();
  };
  return (
    <section class="card">
      <Facts facts={round.explanation.lines} />
      {isDrawn && <RollToPublish roll={roll} />}
      <Reading read={standing}>
        {({ kind }) =>
          kind === "forbidden" ? (
            <Notice tone="warn" title={desk().forbidden} />
          ) : kind !== "now" ? (
            <Notice tone="warn" title={w.delayed} />
          ) : (
            state === "ready" && (
              <Button wide onClick={() => void send()}>
                {w.title}
              </Button>
            )
          )
        }
      </Reading>
      <Progress act={act} done={<p class="notice-title">{w.opened}</p>} />
      {state === "done" ? (
        <ButtonLink href={link(`/cred/${mandate.number}`)}>{titleOf(mandate.subject)}</ButtonLink>
      ) : (
        <Button look="quiet" onClick={back}>
          {desk().act.change}
        </Button>
      )}
    </section>
  );
}
