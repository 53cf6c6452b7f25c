import { sendAllWaiting, sendWhenOnline } from './services/waiting-scans'

App({
  onLaunch() {
    const updates = wx.getUpdateManager()
    updates.onUpdateReady(() => updates.applyUpdate())
    sendWhenOnline()
  },
  onShow() {
    void sendAllWaiting()
  },
})
