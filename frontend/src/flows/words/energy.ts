import { words } from "../../words";
import type { energy as fr } from "./fr/energy";

export const energy = words(import.meta.glob<typeof fr>("./*/energy.ts", { eager: true, import: "energy" }));
