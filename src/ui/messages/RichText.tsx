import { Fragment, h } from 'preact'
import { useSignal } from '@preact/signals'
import type { Inline, Paragraphs } from '../../chat/contracts'
import type { Strings } from '../strings/en'
import { safeHref } from '../view/view'
import { cutBody } from './cutBody'
import { linkName, textOf } from './links'

const Inlines = ({ inlines }: { inlines: Inline[] }) => (
  <Fragment>
    {inlines.map((inline) => {
      switch (inline.kind) {
        case 'bold':
          return (
            <strong>
              <Inlines inlines={inline.inlines} />
            </strong>
          )
        case 'italic':
          return (
            <em>
              <Inlines inlines={inline.inlines} />
            </em>
          )
        case 'strike':
          return (
            <s>
              <Inlines inlines={inline.inlines} />
            </s>
          )
        case 'code':
          return <code>{inline.text}</code>
        case 'link': {
          const href = safeHref(inline.href)
          const label = inline.inlines.length ? <Inlines inlines={inline.inlines} /> : inline.href
          if (!href) return label
          const name = linkName(textOf(inline.inlines), href)
          return (
            <a href={href} target="_blank" rel="noopener noreferrer nofollow">
              {name === 'address' ? href : label}
              {name === 'own-and-host' && ` (${new URL(href).host})`}
            </a>
          )
        }
        case 'mention':
          return <b class="mention">{inline.text}</b>
        case 'break':
          return <br />
        default:
          return inline.text
      }
    })}
  </Fragment>
)

const Paragraph = ({ part }: { part: Paragraphs }) => {
  switch (part.kind) {
    case 'quote':
      return (
        <blockquote>
          <Inlines inlines={part.inlines} />
        </blockquote>
      )
    case 'heading':
      return (
        <p class="heading">
          <Inlines inlines={part.inlines} />
        </p>
      )
    case 'list': {
      const items = part.items.map((inlines) => (
        <li>
          <Inlines inlines={inlines} />
        </li>
      ))
      return part.ordered ? <ol start={part.start}>{items}</ol> : <ul>{items}</ul>
    }
    case 'tasks':
      return (
        <ul class="tasks">
          {part.items.map(({ done, inlines }) => (
            <li>
              <span role="img" aria-label={done ? '✓' : '○'}>
                {done ? '☑' : '☐'}
              </span>{' '}
              <Inlines inlines={inlines} />
            </li>
          ))}
        </ul>
      )
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{part.text}</code>
        </pre>
      )
    case 'emoji':
      return <p class="emoji">{part.text}</p>
    default:
      return (
        <p>
          <Inlines inlines={part.inlines} />
        </p>
      )
  }
}

/** The body of a message as nodes: nothing that a server sends is ever read as HTML. */
export const RichText = ({ body, strings }: { body: Paragraphs[]; strings: Strings }) => {
  const portions = useSignal(1)
  const shown = cutBody(body, portions.value)
  return (
    <Fragment>
      {shown.body.map((part) => (
        <Paragraph part={part} />
      ))}
      {shown.isCut && (
        <button type="button" class="show-more" onClick={() => portions.value++}>
          {strings.showMore}
        </button>
      )}
    </Fragment>
  )
}
