import { words } from "../../words";
import { desk as en } from "./en/desk";
import { desk as fr } from "./fr/desk";

export const desk = words(fr, en);
