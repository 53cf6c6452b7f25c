import { consents } from './privacy'

/** Where the phone is, in the coordinates of WeChat's maps (GCJ-02); undefined when the person refuses or the phone does not know. */
export async function whereIAm(): Promise<{ lat: number; lng: number } | undefined> {
  if (!(await consents())) return undefined
  try {
    const { latitude, longitude } = await wx.getLocation({ type: 'gcj02' })
    return { lat: latitude, lng: longitude }
  } catch {
    return undefined
  }
}

/** Whether the person has said yes to it before, so that nobody need explain it again. */
export async function placeIsAllowed(): Promise<boolean> {
  const { authSetting } = await wx.getSetting()
  return authSetting['scope.userLocation'] === true
}
