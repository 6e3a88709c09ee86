import type { Strings } from '../strings/en'

export interface BlocksProps {
  blocks: unknown[]
  t: Strings
  onAct(action: { appId: string; actionId: string; blockId: string; value: string }): Promise<void>
}

export const Blocks = (_: BlocksProps) => null
