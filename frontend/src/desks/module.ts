import type { Module } from "../module";
import type { Route } from "../route";
import { theTown } from "../town/folder";
import { sign } from "./words/sign";

const needs = "Conveyance";

/** The parts that several contracts play: currencies, and whoever took over from another. */
const SEVERAL = ["LocalCurrency", "Conveyance", "LandTax"];

/** What is done on another contract than the one that is meant otherwise stands below its name. */
const isOnAnother: Route["isThere"] = ({ contract = "" }) => SEVERAL.includes(theTown().built[contract] ?? "");

export const desks: Module = {
  name: "desks",
  routes: [
    { path: "/desk", load: () => import("./views/Desk") },
    { path: "/desk/act/:name", load: () => import("./views/ActView") },
    { path: "/desk/:contract/act/:name", load: () => import("./views/ActView"), isThere: isOnAnother },
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
