import { words } from "../../words";
import type { land as fr } from "./fr/land";

export const land = words(import.meta.glob<typeof fr>("./*/land.ts", { eager: true, import: "land" }));
