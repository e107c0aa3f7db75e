import { words } from "../../words";
import type { lots as fr } from "./fr/lots";

export const lots = words(import.meta.glob<typeof fr>("./*/lots.ts", { eager: true, import: "lots" }));
