import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { isRightChain, online } from "../chain/client";
import { link, path } from "../router";
import { pendingSlips } from "../store/pending";
import { theTown } from "../town/folder";
import { LOCAL_CHAIN_ID } from "../town/town";
import { isWrongChain, session } from "../wallet/session";
import { who } from "../wallet/who";
import { language } from "../words";
import { core } from "../words/core";
import { formatMoment } from "../words/format";
import { Address } from "../parts/Address";
import { Belfry } from "./parts/Belfry";
import { ButtonLink } from "../parts/Button";
import { Notice } from "../parts/Notice";
import { WrongChain } from "./parts/WrongChain";
import { shownWays } from "./ways";
import { sign as help } from "../help/words/sign";
import { LANGUAGES } from "../words/languages";

/** What surrounds every view: the mark, the ways, the language, the wallet, and what one must know now. */
export function Shell({ children }: { children: ComponentChildren }) {
  const w = core();
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: a link to the content, whose address the router must not take for a view */}
      <a class="skip" href="#main" onClick={skip}>
        {w.skip}
      </a>
      <header class="shell-header">
        <a class="brand" href={link("/")}>
          <Belfry />
          <span>
            <span class="brand-name">{theTown().name}</span>
            <span class="brand-suite">Beffroi</span>
          </span>
        </a>
        <div class="shell-tools">
          <LanguageSwitch />
          <Account />
        </div>
      </header>
      <Ways />
      <main id="main" tabIndex={-1}>
        <Warnings />
        {children}
      </main>
      <footer class="shell-footer">
        {theTown().chainId === LOCAL_CHAIN_ID && <p>{w.demo}</p>}
        <ul>
          <li>
            <a href={link("/help")}>{help().name}</a>
          </li>
          <li>
            <a href={link("/accessibility")}>{w.accessibility}</a>
          </li>
          <li class="version">Beffroi {__VERSION__}</li>
        </ul>
      </footer>
    </>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function LanguageSwitch() {
  return (
    <>
      {LANGUAGES.filter(({ tag }) => tag !== language.value).map(({ tag, name }) => (
        <button key={tag} type="button" class="tool" lang={tag} onClick={() => (language.value = tag)}>
          {tag.toUpperCase()}
          <span class="hidden"> – {name}</span>
        </button>
      ))}
    </>
  );
}

function Account() {
  const current = session.value;
  return (
    <a class="tool account" href={link("/wallet")} aria-current={path.value === "/wallet" ? "page" : undefined}>
      {current ? (
        <>
          <img src={current.info.icon} alt="" width="24" height="24" />
          <span class="hidden">{core().wallet.title} </span>
          <span class="account-name">{current.info.name}</span>
        </>
      ) : (
        core().wallet.connect
      )}
    </a>
  );
}

function Ways() {
  const list = useRef<HTMLUListElement>(null);
  const at = path.value;
  // On a phone the ways go on beyond the edge: the one that is taken is brought into view.
  useEffect(() => {
    const here = list.current?.querySelector<HTMLElement>("[aria-current]")?.parentElement;
    if (here && list.current)
      list.current.scrollLeft = here.offsetLeft - list.current.clientWidth / 2 + here.offsetWidth / 2;
  }, [at]);
  return (
    <nav class="ways" aria-label={core().navigation}>
      <ul ref={list}>
        {shownWays().map((way) => (
          <li key={way.path}>
            <a href={link(way.path)} aria-current={way.isHere(at) ? "page" : undefined}>
              {way.sign().name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type Shown = (typeof import("./parts/PendingSlips"))["PendingSlips"];

/** What is still on its way from an earlier visit; fetched only then. */
function Pending() {
  const isAny = pendingSlips.value.length > 0;
  const [shown, setShown] = useState<{ PendingSlips: Shown } | null>(null);
  useEffect(() => {
    if (isAny) import("./parts/PendingSlips").then(setShown, () => {});
  }, [isAny]);
  return isAny && shown ? <shown.PendingSlips /> : null;
}

function Warnings() {
  const w = core();
  return (
    <div class="warnings">
      {!online.value && (
        <Notice tone="warn">
          <p>{w.offline}</p>
        </Notice>
      )}
      <Pending />
      {isRightChain.value === false && (
        <Notice tone="bad">
          <p>{w.wrongTown}</p>
        </Notice>
      )}
      {isWrongChain.value && path.value !== "/wallet" && <WrongChain />}
      {who.value?.recovery && path.value !== "/recovery" && (
        <Notice tone="bad">
          <p>{w.wallet.recovery(formatMoment(who.value.recovery.recoverableAt_s))}</p>
          <ButtonLink look="secondary" href={link("/recovery")}>
            {w.wallet.seeRecovery}
          </ButtonLink>
        </Notice>
      )}
      {who.value?.kind === "none" && who.value.offices.size === 0 && path.value !== "/wallet" && (
        <Notice tone="warn">
          <p>
            {w.wallet.notEnrolled} <Address address={who.value.account} full copy />
          </p>
        </Notice>
      )}
    </div>
  );
}
