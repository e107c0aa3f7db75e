import { words } from "../../words";
import type { openings as fr } from "./fr/openings";

export const openings = words(import.meta.glob<typeof fr>("./*/openings.ts", { eager: true, import: "openings" }));
