import type { ComponentChildren } from "preact";
import { addressOf, isRightChain, online } from "../chain/client";
import { link, path } from "../router";
import { routes } from "../routes";
import type { Route } from "../routes/route";
import { theTown } from "../town/folder";
import { LOCAL_CHAIN_ID } from "../town/town";
import { isWrongChain, session } from "../wallet/session";
import { who } from "../wallet/who";
import { language } from "../words";
import { core } from "../words/core";
import { Address } from "./Address";
import { Belfry } from "./Belfry";
import { Notice } from "./Notice";
import { WrongChain } from "./WrongChain";

/** What surrounds every view: the mark, the ways, the language, the wallet, and what one must know now. */
export function Shell({ children }: { children: ComponentChildren }) {
  const w = core();
  return (
    <>
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
            <a href={link("/help")}>{w.navigation.help}</a>
          </li>
          <li>
            <a href={link("/accessibility")}>{w.navigation.accessibility}</a>
          </li>
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
  const other = language.value === "fr" ? "en" : "fr";
  const { name, label } = core().otherLanguage;
  return (
    <button type="button" class="tool" lang={other} aria-label={label} onClick={() => (language.value = other)}>
      {name === "English" ? "EN" : "FR"}
    </button>
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

function isShown(route: Route): boolean {
  if (!route.nav || (route.needs && !addressOf(route.needs))) return false;
  return route.nav.permits?.(who.value) ?? true;
}

function Ways() {
  const w = core().navigation;
  const shown = routes.filter(isShown).sort((a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0));
  return (
    <nav class="ways" aria-label={w.label}>
      <ul>
        {shown.map((route) => (
          <li key={route.path}>
            <a href={link(route.path)} aria-current={isHere(route.path) ? "page" : undefined}>
              {route.nav && w[route.nav.section]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const isHere = (at: string): boolean => path.value === at || path.value.startsWith(`${at}/`);

function Warnings() {
  const w = core();
  return (
    <div class="warnings">
      {!online.value && (
        <Notice tone="warn">
          <p>{w.offline}</p>
        </Notice>
      )}
      {isRightChain.value === false && (
        <Notice tone="bad">
          <p>{w.wrongTown}</p>
        </Notice>
      )}
      {isWrongChain.value && path.value !== "/wallet" && <WrongChain />}
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
