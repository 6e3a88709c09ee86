import type { SheetKind } from './sheet'
import { loadEdges, useLater } from './later'
import { Plain } from './screens/Plain'
import type { View } from './view'

/** Before and after a conversation, and the questions in it: seldom seen, so fetched when they are. */
export const Edge = ({ view, screen }: { view: View; screen: 'Offline' | 'Finished' }) => {
  const Part = useLater(view, loadEdges)?.[screen]
  return Part ? <Part view={view} /> : <Plain text={view.t.loading} busy />
}

export const Sheet = ({ view, kind, onDone }: { view: View; kind: SheetKind; onDone(): void }) => {
  const Question = useLater(view, loadEdges)?.Question
  return Question ? <Question view={view} kind={kind} onDone={onDone} /> : null
}
