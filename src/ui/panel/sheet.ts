import type { Signal } from '@preact/signals'

/** The question that lies over the conversation. */
export type SheetKind = 'end' | 'transcript' | 'department'
export type SheetState = Signal<SheetKind | undefined>
