import { Fragment, h } from 'preact'
import { useRef } from 'preact/hooks'
import { ClipIcon } from '../view/icons'

export interface FileButtonProps {
  label: string
  /** The visitor is about to press. */
  onIntent(): void
  /** Whether files may be chosen; if not, the visitor is told why. */
  mayChoose(): boolean
  onFiles(files: FileList | null): void
}

/** Lets the visitor choose files, several at once. */
export const FileButton = ({ label, onIntent, mayChoose, onFiles }: FileButtonProps) => {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <Fragment>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles(currentTarget.files)
          // Otherwise the same file could not be chosen twice in a row.
          currentTarget.value = ''
        }}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        onPointerEnter={onIntent}
        onFocus={onIntent}
        onClick={() => mayChoose() && picker.current?.click()}
      >
        <ClipIcon />
      </button>
    </Fragment>
  )
}
