import { now_s } from "../../chain/head";
import { isParcelId, tokenOf } from "../../land/parcel";
import { type Title, readTitle } from "../../land/register";
import { type Read, useRead } from "../../parts/read";

/**
 * The titles of parcels whose ids are being typed, one after another; null for what is no whole id yet, or has no
 * title.
 */
export function useTitles(typed: string): Read<readonly (Title | null)[]> {
  const ids = typed.toUpperCase().match(/[0-9A-Z]+/g) ?? [];
  const key = ids.join();
  const read = useRead(async () => {
    const today_s = ids.some(isParcelId) ? Number(await now_s()) : 0;
    const titles = await Promise.all(ids.map((id) => (isParcelId(id) ? readTitle(tokenOf(id), today_s) : null)));
    return { key, titles };
  }, [key]);
  // What was read of other parcels is not shown beside these.
  return { ...read, value: read.value?.key === key ? read.value.titles : undefined };
}

/** The title of one parcel whose id is being typed. */
export function useTitle(typed: string): Read<Title | null> {
  const read = useTitles(typed);
  return { ...read, value: read.value && (read.value.length === 1 ? (read.value[0] ?? null) : null) };
}
