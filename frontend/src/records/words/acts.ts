import { words } from "../../words";
import type { acts as fr } from "./fr/acts";

export const acts = words(import.meta.glob<typeof fr>("./*/acts.ts", { eager: true, import: "acts" }));
