import { words } from "../../words";
import type { desk as fr } from "./fr/desk";

export const desk = words(import.meta.glob<typeof fr>("./*/desk.ts", { eager: true, import: "desk" }));
