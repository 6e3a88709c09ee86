import type { Appearance } from '../../options'
import type { PlacedElement } from '../contracts'
import sheet from './appearance.css?inline'

/** The class that the container has while a colour is given, and the property with the colour. */
const colours = {
  onAccent: 'on-accent',
  icon: 'icon-colour',
  visitorMessage: 'visitor-message',
  agentMessage: 'agent-message',
} as const satisfies Partial<Record<keyof Appearance, string>>

const adoptedBy = new WeakSet<ShadowRoot>()

/** Draws what the host wants of the looks beyond what the server has settings for. */
export const drawAppearance = (
  { root, container, adopt }: Pick<PlacedElement, 'root' | 'container' | 'adopt'>,
  appearance: Appearance = {},
): void => {
  if (!adoptedBy.has(root)) adopt(sheet)
  adoptedBy.add(root)
  for (const [name, className] of Object.entries(colours)) {
    const colour = appearance[name as keyof typeof colours] ?? ''
    container.classList.toggle(className, CSS.supports('color', colour))
    container.style.setProperty(`--${className}`, colour)
  }
  container.classList.toggle('no-avatars', appearance.avatars === false)
}
