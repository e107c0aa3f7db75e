import { words } from "../../words";
import type { figures as fr } from "./fr/figures";

export const figures = words(import.meta.glob<typeof fr>("./*/figures.ts", { eager: true, import: "figures" }));
