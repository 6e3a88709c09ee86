import { Fragment, h } from 'preact'

const Parts = ({ of }: { of: string[] }) => (
  <Fragment>
    {of.map((part, index) => (
      <Fragment key={index}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </Fragment>
)

/** An address, a path or a key: a line may end between its words. */
export const Address = ({ text }: { text: string }) => <Parts of={text.split(/(?<=[/.?&=@_,:-])(?=\w)/)} />

/** A name such as `settings.registrationForm`: a line may end between its words. */
export const SettingName = ({ text }: { text: string }) => <Parts of={text.split(/(?=[A-Z])|(?<=\.)/)} />
