import type { TeamRow } from '../team-view'

/** A team in a list; a tap opens it. */
Component({ properties: { row: { type: Object, value: {} as TeamRow } } })
