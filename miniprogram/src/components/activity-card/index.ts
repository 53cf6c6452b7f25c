import type { ActivityRow } from '../../wording/activities'

/** An activity in a list, told in a few lines; a tap opens it. `row` comes from toActivityRow. */
Component({
  properties: {
    row: { type: Object, value: {} as ActivityRow },
    /** Where a tap leads, before the id; the activity's own page when left out. */
    page: { type: String, value: '/pages/team/activity/index?id=' },
  },
})
