import { audit } from "../audit/module";
import { cred } from "../cred/module";
import { credit } from "../credit/module";
import { desks } from "../desks/module";
import { flows } from "../flows/module";
import { help } from "../help/module";
import { programmes } from "../programmes/module";
import { land } from "../land/module";
import type { Module } from "../module";
import { money } from "../money/module";
import { records } from "../records/module";
import { residents } from "../residents/module";
import { vote } from "../vote/module";

/** Every module, in the order of the navigation. A module imports only of those that stand before it. */
export const MODULES: readonly Module[] = [
  money,
  residents,
  credit,
  vote,
  cred,
  land,
  records,
  flows,
  programmes,
  desks,
  audit,
  help,
];
