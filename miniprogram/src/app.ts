import { sendAllWaiting, sendWhenOnline } from './services/waiting-scans'

App({
  onLaunch() {
    sendWhenOnline()
  },
  onShow() {
    void sendAllWaiting()
  },
})
