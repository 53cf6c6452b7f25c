import type { Person } from '../../services/contract/person'
import { homeText } from '../../wording/homes'

/** Where somebody lives, and whether that has been looked at. */
export function checkedHomeText(person: Person): string {
  if (!person.home) return '还没有填常住社区'
  return `${homeText(person)}，${person.home.verified ? '住址已核实' : '住址还没核实'}`
}
