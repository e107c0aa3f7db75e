import { useState } from "preact/hooks";
import { nameOf } from "../../parts/Address";
import { ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { link } from "../../router";
import "../../style/ballot.css";
import { formatDay } from "../../words/format";
import { keepPaper, papersKept } from "../kept";
import { type OwnPaper, paperKey } from "../paper/paper";
import { FileDrop } from "../parts/FileDrop";
import { refusalTold } from "../told";
import { papers } from "../words/papers";

/** The papers that this browser keeps, and the ways to what is done with them. */
export default function Papers() {
  const w = papers().list;
  const kept = papersKept.value;
  return (
    <Page title={w.title} lead={w.lead}>
      {kept.length === 0 ? (
        <p>{w.none}</p>
      ) : (
        <ul class="list polls">
          {kept.map((own) => (
            <li key={paperKey(own)}>
              <Entry own={own} />
            </li>
          ))}
        </ul>
      )}
      <Add />
      <p class="hint">{w.kept}</p>
      <div class="actions">
        <ButtonLink href={link("/papers/check")}>{w.check}</ButtonLink>
        <ButtonLink look="secondary" href={link("/papers/acts")}>
          {w.acts}
        </ButtonLink>
        <ButtonLink look="secondary" href={link("/lots")}>
          {w.lots}
        </ButtonLink>
        <ButtonLink look="secondary" href={link("/data")}>
          {w.data}
        </ButtonLink>
        <ButtonLink look="secondary" href={link("/facts")}>
          {w.facts}
        </ButtonLink>
        <ButtonLink look="secondary" href={link("/papers/desk")}>
          {w.desk}
        </ButtonLink>
      </div>
    </Page>
  );
}

function Entry({ own }: { own: OwnPaper }) {
  const w = papers();
  const { issuer, number, until } = own.paper;
  return (
    <a href={link(`/papers/one/${paperKey(own)}`)}>
      <span class="poll-title">{own.definition.name}</span>
      <span class="poll-state">
        <span class="badge plain">n° {number}</span>
        <span class="hint">
          {w.issuer} {nameOf(issuer)}
        </span>
        <span class="hint">
          {w.until} {until ? formatDay(until - 1) : w.endless}
        </span>
      </span>
    </a>
  );
}

function Add() {
  const w = papers().list;
  const [end, setEnd] = useState<{ added: string } | { fault: string } | null>(null);
  const add = (text: string): void => {
    try {
      setEnd({ added: keepPaper(text).definition.name });
    } catch (error) {
      setEnd({ fault: refusalTold(error) });
    }
  };
  return (
    <>
      <FileDrop label={w.add} hint={w.drop} onText={add} />
      {end && (
        <Notice tone={"added" in end ? "good" : "bad"}>
          <p>{"added" in end ? w.added(end.added) : end.fault}</p>
        </Notice>
      )}
    </>
  );
}
