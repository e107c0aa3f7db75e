import type { Module } from "../module";
import type { Route } from "../route";
import { currencyNamed } from "../town/currency";
import { sign } from "./words/sign";

const needs = "Conveyance";

/** What is done on a currency that is not the first stands below its name. */
const isOnMoney: Route["isThere"] = ({ currency = "" }) => currencyNamed(currency) !== undefined;

export const desks: Module = {
  name: "desks",
  routes: [
    { path: "/desk", load: () => import("./views/Desk") },
    { path: "/desk/act/:name", load: () => import("./views/ActView") },
    { path: "/desk/:currency/act/:name", load: () => import("./views/ActView"), isThere: isOnMoney },
    { path: "/desk/deed/:id", load: () => import("./views/CarryDeed"), needs },
    { path: "/desk/deed/of/:sale", load: () => import("./views/DrawDeed"), needs },
    { path: "/desk/draft", load: () => import("./views/Draft"), needs },
    { path: "/desk/poll", load: () => import("./views/OpenPoll"), needs: "Consultations" },
    { path: "/desk/key", load: () => import("./views/OpenKey"), needs: "Consultations" },
    { path: "/desk/judge/:mandate", load: () => import("./views/OpenRound"), needs: "Promises" },
    { path: "/desk/attest", load: () => import("./views/Attest"), needs },
    { path: "/desk/attest/:act", load: () => import("./views/AttestAct"), needs },
    { path: "/desk/concur", load: () => import("./views/Concur"), needs },
  ],
  way: { sign, permits: (who) => (who?.offices.size ?? 0) > 0 },
};
