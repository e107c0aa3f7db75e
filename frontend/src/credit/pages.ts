import type { Route } from "../route";
import { instancesOf } from "../town/instances";

const DOOR = "/credit";

/** A page of a circle, as the first circle has it. */
export type Page = typeof DOOR | `${typeof DOOR}/${string}`;

/** The circles of the town, by their contracts' names there; the first has the short paths. */
export const circles = (): readonly string[] => instancesOf("MutualCredit");

const below = (circle: string, page: Page): string => `${DOOR}/${circle}${page.slice(DOOR.length)}`;

/** Where a page of a circle is. */
export const pageOf = (page: Page, circle: string): string => (circle === circles()[0] ? page : below(circle, page));

/** The places of a page: the first circle's, and every other's. */
export const routesOf = (page: Page, load: Route["load"]): [Route, Route] => [
  { path: page, load, isThere: () => circles().length > 0 },
  { path: below(":circle", page), load, isThere: ({ circle = "" }) => circles().includes(circle) },
];

/** The name under which a draft of a circle's form is kept. */
export const draftOf = (form: string, circle: string): string => `credit/${form}/${circle}`;
