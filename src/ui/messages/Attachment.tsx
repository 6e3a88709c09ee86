import { Fragment, h } from 'preact'
import { useSignal } from '@preact/signals'
import type { FilePart } from '../../chat/contracts'
import type { Strings } from '../strings/en'
import { FileIcon } from './icons'
import { safeHref } from '../view/view'
import { fileSize } from './fileSize'

const widestPx = 248
const highestPx = 280

/** The size at which an image is drawn, known before it has come so that nothing moves when it does. */
const imageSize = ({ width, height }: Pick<FilePart, 'width' | 'height'>): { width: number; height: number } => {
  if (!width || !height) return { width: widestPx, height: Math.round(widestPx * 0.66) }
  const scale = Math.min(1, widestPx / width, highestPx / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export const Attachment = ({ file, strings, language }: { file: FilePart; strings: Strings; language: string }) => {
  const { kind, name, url, sizeBytes, description } = file
  const isBroken = useSignal(false)
  const href = safeHref(url)
  const caption = description && <p>{description}</p>
  if (kind === 'image' && !isBroken.value) {
    const size = imageSize(file)
    return (
      <Fragment>
        <a class="picture" href={href} target="_blank" rel="noopener noreferrer">
          <img
            {...size}
            src={url}
            alt={description || name || strings.image}
            loading="lazy"
            onError={() => (isBroken.value = true)}
          />
        </a>
        {caption}
      </Fragment>
    )
  }
  if (kind === 'audio' || kind === 'video') {
    const Player = kind
    return (
      <Fragment>
        <Player controls preload="metadata" src={url} aria-label={name} />
        {caption}
      </Fragment>
    )
  }
  return (
    <Fragment>
      <a class="file" href={href} target="_blank" rel="noopener noreferrer" download={name}>
        <FileIcon />
        <span>
          {name || strings.file}
          {sizeBytes !== undefined && <small>{fileSize(language, sizeBytes)}</small>}
        </span>
      </a>
      {caption}
    </Fragment>
  )
}
