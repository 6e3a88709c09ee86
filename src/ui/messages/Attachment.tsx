import { Fragment, h } from 'preact'
import { useSignal } from '@preact/signals'
import type { FilePart } from '../../chat/contracts'
import { FileIcon } from './icons'
import { safeHref, type View } from '../view/view'
import { fileName } from './fileName'
import { fileSize } from './fileSize'
import { OnDemand } from './OnDemand'

const widestPx = 248
const highestPx = 280

/** The size at which an image is drawn, known before it has come so that nothing moves when it does. */
const imageSize = ({ width, height }: Pick<FilePart, 'width' | 'height'>): { width: number; height: number } => {
  if (!width || !height) return { width: widestPx, height: Math.round(widestPx * 0.66) }
  const scale = Math.min(1, widestPx / width, highestPx / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export const Attachment = ({ file, view }: { file: FilePart; view: View }) => {
  const { strings, language } = view
  const { kind, url, sizeBytes, description } = file
  const name = fileName(file.name, url)
  const isBroken = useSignal(false)
  const href = safeHref(url)
  const caption = description && <p>{description}</p>
  if (kind === 'image' && !isBroken.value) {
    const size = imageSize(file)
    return (
      <Fragment>
        <OnDemand view={view} url={url}>
          <a class="picture" href={href} target="_blank" rel="noopener noreferrer">
            <img
              {...size}
              src={url}
              alt={description || name || strings.image}
              loading="lazy"
              referrerpolicy="no-referrer"
              onError={() => (isBroken.value = true)}
            />
          </a>
        </OnDemand>
        {caption}
      </Fragment>
    )
  }
  if (kind === 'audio' || kind === 'video') {
    const Player = kind
    return (
      <Fragment>
        <OnDemand view={view} url={url}>
          <Player controls preload="metadata" src={url} aria-label={name} />
        </OnDemand>
        {caption}
      </Fragment>
    )
  }
  return (
    <Fragment>
      <a class="file" href={href} target="_blank" rel="noopener noreferrer" download={file.name}>
        <FileIcon />
        <span>
          <bdi>{name || strings.file}</bdi>
          {sizeBytes !== undefined && <small>{fileSize(language, sizeBytes)}</small>}
        </span>
      </a>
      {caption}
    </Fragment>
  )
}
