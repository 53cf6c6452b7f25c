import { loadInto, loading } from '../../../behaviors/loading'
import { getCalendar } from '../../../services/contract/figures'
import { homeCommunity, me } from '../../../services/me'
import { pickerDate } from '../../../wording/time'
import { monthBeside, monthName, promises, toDays, type DayRow } from '../calendar-view'

/** What is on in one's own community; the desk opens it with the community it works for. */
Page({
  data: {
    ...loading,
    regionId: '',
    hasHome: true,
    month: '',
    monthName: '',
    placeName: '',
    days: [] as DayRow[],
    appointments: [] as { id: string; title: string; rest: string }[],
    together: '',
    honoured: '',
    missing: [] as string[],
  },
  onLoad({ region_id = '', month = '' }: Record<string, string | undefined>) {
    this.setData({ regionId: region_id, month: month || pickerDate(new Date()).slice(0, 7) })
    void this.load()
  },
  onPullDownRefresh() {
    void this.load()
  },
  load() {
    const { month } = this.data
    return loadInto(this, async () => {
      const regionId = this.data.regionId || homeCommunity(await me())
      if (!regionId) return { hasHome: false }
      const calendar = await getCalendar(regionId, { month })
      if (month !== this.data.month) return {} // another was chosen meanwhile
      return {
        hasHome: true,
        monthName: monthName(calendar.month),
        placeName: calendar.region.name,
        days: toDays(calendar, pickerDate(new Date())),
        appointments: calendar.by_appointment.map(({ id, title, organisation_name, rhythm }) => ({ id, title, rest: `${organisation_name} · ${rhythm || '时间另约'}` })),
        missing: calendar.missing,
        ...promises(calendar),
      }
    })
  },
  goBack() {
    this.show(monthBeside(this.data.month, -1))
  },
  goOn() {
    this.show(monthBeside(this.data.month, 1))
  },
  show(month: string) {
    this.setData({ month })
    void this.load()
  },
})
