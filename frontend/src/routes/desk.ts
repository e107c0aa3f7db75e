import type { Route } from "./route";

const needs = "Conveyance";

export const desk: readonly Route[] = [
  {
    path: "/desk",
    load: () => import("../desks/views/Desk"),
    nav: { section: "desk", order: 50, permits: (who) => (who?.offices.size ?? 0) > 0 },
  },
  { path: "/desk/act/:name", load: () => import("../desks/views/ActView") },
  { path: "/desk/deed/:id", load: () => import("../desks/views/CarryDeed"), needs },
  { path: "/desk/deed/of/:sale", load: () => import("../desks/views/DrawDeed"), needs },
  { path: "/desk/draft", load: () => import("../desks/views/Draft"), needs },
  { path: "/desk/poll", load: () => import("../desks/views/OpenPoll"), needs: "Consultations" },
  { path: "/desk/key", load: () => import("../desks/views/OpenKey"), needs: "Consultations" },
  { path: "/desk/judge/:mandate", load: () => import("../desks/views/OpenRound"), needs: "Promises" },
  { path: "/desk/attest", load: () => import("../desks/views/Attest"), needs },
  { path: "/desk/attest/:act", load: () => import("../desks/views/AttestAct"), needs },
  { path: "/town", load: () => import("../audit/views/Town"), nav: { section: "town", order: 60 } },
  { path: "/audit", load: () => import("../audit/views/Audit"), within: "/town" },
  { path: "/desk/concur", load: () => import("../desks/views/Concur"), needs },
];
