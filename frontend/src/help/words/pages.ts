import { words } from "../../words";
import type { pages as fr } from "./fr/pages";

export const pages = words(import.meta.glob<typeof fr>("./*/pages.ts", { eager: true, import: "pages" }));
