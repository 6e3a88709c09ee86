import type { Store } from '../browser/ports'
import type { LaneRecord } from '../tracking/stored'

/**
 * Somebody else has written into our database. What lies there is read without its keys, so all of a lane is taken out, and what can be a record
 * of ours is put back under its own id.
 */
export const sweep = async (
  storage: Pick<Store, 'list' | 'clear' | 'update'>,
  lane: string,
  removedId: string | undefined,
): Promise<void> => {
  const found = await storage.list<Partial<LaneRecord> | null>(`${lane}/`)
  await storage.clear(`${lane}/`)
  for (const record of found) {
    const id = record?.id
    if (typeof id === 'string' && id !== removedId) await storage.update(`${lane}/${id}`, () => record)
  }
}
