import { showActionSheet } from '../dialogs/action-sheet'
import { showModal, type ModalOptions } from '../dialogs/modal'
import { hideToast, showLoading, showToast, type ToastOptions } from '../dialogs/toast'
import { allAsynchronous, type Context } from './api'

interface SheetOptions { itemList: string[], alertText?: string, itemColor?: string }

const mostItems = 6

export function createFeedback({ calls }: Context): object {
  return allAsynchronous(calls, {
    showToast: (options: ToastOptions) => showToast(options),
    hideToast: () => hideToast(),
    showLoading: (options: ToastOptions) => showLoading(options),
    hideLoading: () => hideToast(),
    showModal: (options: ModalOptions) => showModal(options),
    /** The phone's own question before it rings. */
    async makePhoneCall({ phoneNumber }: { phoneNumber: string }) {
      const { confirm } = await showModal({ title: '拨打电话', content: phoneNumber, confirmText: '呼叫' })
      if (!confirm) throw new Error('cancel')
    },
    async showActionSheet({ itemList, alertText, itemColor }: SheetOptions) {
      if (itemList.length > mostItems) throw new Error(`parameter error: itemList should not be larger than ${mostItems}`)
      const tapIndex = await showActionSheet(itemList, alertText, itemColor)
      if (tapIndex === undefined) throw new Error('cancel')
      return { tapIndex }
    },
  })
}
