import { words } from "../../words";
import type { clearing as fr } from "./fr/clearing";

export const clearing = words(import.meta.glob<typeof fr>("./*/clearing.ts", { eager: true, import: "clearing" }));
