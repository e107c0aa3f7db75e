import { words } from "../../words";
import { drafting as en } from "./en/drafting";
import { drafting as fr } from "./fr/drafting";

export const drafting = words(fr, en);
