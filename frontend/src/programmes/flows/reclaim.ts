/** Sends what is left of a programme that is over to its sponsor: anyone may, by her own transaction. */
import type { DirectAct } from "../../acts/act";
import { at } from "../../chain/client";
import { programmesAbi } from "../../generated/Programmes";
import { nameOf } from "../../parts/Address";
import { PROGRAMMES } from "../chain/programmes";
import type { TownProgramme } from "../published";
import { unitsTold } from "../told";
import { figures } from "../words/figures";

export const reclaim = (programme: TownProgramme, left: number): DirectAct => ({
  call: { ...at(PROGRAMMES, programmesAbi), functionName: "reclaim", args: [programme.name] },
  explanation: {
    title: figures().reclaim.explain(unitsTold(programme, left), nameOf(programme.terms.sponsor)),
    lines: [],
    until_s: null,
    payer: "self",
  },
});
