import { words } from "../../words";
import { pages as en } from "./en/pages";
import { pages as fr } from "./fr/pages";

export const pages = words(fr, en);
