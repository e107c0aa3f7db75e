import type { Route } from "../route";

const needs = "Conveyance";

export const desk: readonly Route[] = [
  {
    path: "/desk",
    load: () => import("./views/Desk"),
    nav: { section: "desk", order: 50, permits: (who) => (who?.offices.size ?? 0) > 0 },
  },
  { path: "/desk/act/:name", load: () => import("./views/ActView") },
  { path: "/desk/deed/:id", load: () => import("./views/CarryDeed"), needs },
  { path: "/desk/deed/of/:sale", load: () => import("./views/DrawDeed"), needs },
  { path: "/desk/draft", load: () => import("./views/Draft"), needs },
  { path: "/desk/poll", load: () => import("./views/OpenPoll"), needs: "Consultations" },
  { path: "/desk/key", load: () => import("./views/OpenKey"), needs: "Consultations" },
  { path: "/desk/judge/:mandate", load: () => import("./views/OpenRound"), needs: "Promises" },
  { path: "/desk/attest", load: () => import("./views/Attest"), needs },
  { path: "/desk/attest/:act", load: () => import("./views/AttestAct"), needs },
  { path: "/town", load: () => import("../audit/views/Town"), nav: { section: "town", order: 60 } },
  { path: "/audit", load: () => import("../audit/views/Audit"), within: "/town" },
  { path: "/desk/concur", load: () => import("./views/Concur"), needs },
];
