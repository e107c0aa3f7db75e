import { words } from "../../words";
import type { drafting as fr } from "./fr/drafting";

export const drafting = words(import.meta.glob<typeof fr>("./*/drafting.ts", { eager: true, import: "drafting" }));
