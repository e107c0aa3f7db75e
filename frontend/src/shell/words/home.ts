import { words } from "../../words";
import { home as en } from "./en/home";
import { home as fr } from "./fr/home";

export const home = words(fr, en);
