import type { Department } from './store/settings.ts'
import type { Office } from './contracts.ts'

export const departmentById = (office: Office, id: string | undefined): Department | undefined =>
  office.settings.departments.find(({ _id }) => _id === id)

/** Some calls take a name too; the config takes an id only. */
export const departmentByIdOrName = (office: Office, wanted: string): Department | undefined =>
  office.settings.departments.find(({ _id, name }) => _id === wanted || name === wanted)

/** The one that takes who chose none: the first offered at registration. */
export const defaultDepartment = (office: Office): Department | undefined =>
  office.settings.departments.find(({ showOnRegistration }) => showOnRegistration)
