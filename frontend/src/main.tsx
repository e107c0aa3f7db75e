import { render } from "preact";
import { App, Homeless } from "./shell/App";
import { followHead } from "./chain/head";
import "./style/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/shell.css";
import { loadTown } from "./town/folder";
import { LOCAL_CHAIN_ID } from "./town/town";
import { findWallets } from "./wallet/session";
import { followWho } from "./wallet/who";
import { followLanguage } from "./words";
import { tellRefusals } from "./words/sentences";
import { MODULES } from "./shell/modules";

const root = document.getElementById("app");

async function open(): Promise<void> {
  if (!root) return;
  followLanguage();
  tellRefusals(MODULES.flatMap(({ refusals }) => refusals ?? []));
  try {
    const town = await loadTown();
    findWallets();
    followHead();
    followWho();
    render(<App />, root);
    if (town.chainId === LOCAL_CHAIN_ID) {
      const { announceDemoWallets } = await import("./wallet/demo");
      await announceDemoWallets();
    }
  } catch (error) {
    render(<Homeless error={error} again={() => void open()} />, root);
  }
}

void open();
