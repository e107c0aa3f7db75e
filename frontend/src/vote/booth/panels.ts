/** The trustees whom voters believe: those of the build, never those of a node or of the server that sends the page. */
import { isFolderInside, theTown, townJson } from "../../town/folder";
import { LOCAL_CHAIN_ID } from "../../town/town";
import { type Panel, readPanels } from "../ballot/acknowledged";

/**
 * Who must have signed a key before a ballot is made for it. A folder beside the page is the server's: of its trustees
 * nothing is believed but on a chain of one's own machine.
 */
export async function believedPanels(): Promise<Panel[]> {
  if (__TRUSTEES__ !== null) return readPanels(__TRUSTEES__);
  if (!isFolderInside() && theTown().chainId !== LOCAL_CHAIN_ID) return [];
  const told = await townJson("trustees.json");
  return told === null ? [] : readPanels(told);
}
