import { words } from "../../words";
import type { home as fr } from "./fr/home";

export const home = words(import.meta.glob<typeof fr>("./*/home.ts", { eager: true, import: "home" }));
