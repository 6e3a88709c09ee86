import { h } from 'preact'
import type { InputHTMLAttributes } from 'preact'
import type { Strings } from '../strings/en'

export interface FieldProps {
  name: string
  label: string
  type?: 'text' | 'email' | 'select' | 'area'
  value?: string
  autocomplete?: string
  required?: boolean
  error?: string
  options?: { value: string; label: string }[]
  strings: Strings
}

/** A labelled input with its error beneath. */
export const Field = ({
  name,
  label,
  type = 'text',
  value = '',
  autocomplete,
  required,
  error,
  options = [],
  strings,
}: FieldProps) => {
  const id = `field-${name}`
  const common = {
    id,
    name,
    class: 'input',
    required,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': error ? `${id}-wrong` : undefined,
  }
  return (
    <div class="field">
      <label for={id}>
        {label} {!required && <small>({strings.optional})</small>}
      </label>
      {type === 'select' ? (
        <select {...common}>
          <option value="">{strings.choose}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : type === 'area' ? (
        <textarea {...common} rows={4} defaultValue={value} />
      ) : (
        <input
          {...common}
          {...({
            type,
            defaultValue: value,
            autocomplete,
            autocapitalize: type === 'email' ? 'off' : undefined,
          } as InputHTMLAttributes)}
        />
      )}
      {error && (
        <p class="error" id={`${id}-wrong`}>
          {error}
        </p>
      )}
    </div>
  )
}
