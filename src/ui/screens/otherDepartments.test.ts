import { expect, test } from 'playwright/test'
import { signal } from '@preact/signals-core'
import type { Chat, ChatConfig } from '../../chat/contracts'
import { otherDepartments } from './otherDepartments'

const department = (id: string, onRegistration = true) => ({ id, name: id, onRegistration, onOfflineForm: true })

const names = (departments: ChatConfig['departments'], present?: string) => {
  // Nothing else of the settings is asked for.
  const config = { departments } as ChatConfig
  const chat: Pick<Chat, 'config' | 'department'> = { config: signal(config), department: signal(present) }
  return otherDepartments(chat).map(({ id }) => id)
}

test('the visitor may change to every department but the present one and those hidden from visitors', () => {
  const all = [department('sales'), department('support'), department('internal', false)]
  expect(names(all, 'sales')).toEqual(['support'])
  expect(names(all, 'internal')).toEqual(['sales', 'support'])
  expect(names(all)).toEqual(['sales', 'support'])
})

test('where there is only one department there is nothing to change', () => {
  expect(names([department('sales')])).toEqual([])
  expect(names([department('sales')], 'sales')).toEqual([])
  expect(names([department('sales'), department('internal', false)])).toEqual([])
})
