import type { FunctionComponent } from 'preact'
import { loadEdges, useLater } from '../view/later'
import { Plain } from '../view/Plain'
import type { View } from '../view/view'

type Edges = Awaited<ReturnType<typeof loadEdges>>

const edge =
  <Props extends { view: View }>(pick: (edges: Edges) => FunctionComponent<Props>, isScreen = false) =>
  (props: Props) => {
    const edges = useLater(props.view, loadEdges)
    const Part = edges && pick(edges)
    return Part ? <Part {...props} /> : isScreen ? <Plain text={props.view.t.loading} busy /> : null
  }

/** Before and after a conversation, and what is asked in it: seldom seen, so fetched when it is. */
export const Offline = edge((edges) => edges.Offline, true)
export const Finished = edge((edges) => edges.Finished, true)
export const Menu = edge((edges) => edges.Menu)
export const Question = edge((edges) => edges.Question)
